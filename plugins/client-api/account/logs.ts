import type { Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { answer } from "../wire/answers.ts";
import { dated } from "../wire/dates.ts";
import { askPeer } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";

/** The service `notifications.store`, as far as it is used here. */
type Notices = {
  list(
    accountId: string,
    page: { limit: number },
  ): Promise<{ readonly notices: readonly { readonly kind: string; readonly text: string; readonly at: string }[] }>;
};
type Line = { readonly at: string; readonly message: string; readonly isError: boolean };

const [most, mostBlogs] = [50, 10];

/** `GET /users/logs` and `/users/logs/errors`: what was published of somebody's lately, and what is wrong with their sources, the newest first. */
export const logs =
  (onlyErrors: boolean) =>
  async ({ context, need }: Call): Promise<Reply> => {
    const { account } = need("read");
    const wrong = await wrongOf(context, account.id);
    const lines = onlyErrors ? wrong : [...wrong, ...(await publishedOf(context, account.id, account.language))];
    const newest = lines.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at)).slice(0, most);
    return answer(newest.map(({ at, message, isError }) => ({ date: dated(at), message, is_error: isError })));
  };

async function publishedOf(context: Own, accountId: string, language: string): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const { blog } of (await context.identity.blogsOf(accountId)).slice(0, mostBlogs)) {
    const { posts } = await context.as({ blog });
    for (const { url, publishedAt } of await posts.list({ authorId: accountId, status: "published", limit: most }))
      if (publishedAt) lines.push({ at: publishedAt, message: context.t("logs.published", { url }, language), isError: false });
  }
  return lines;
}

// Of what somebody is told only this is something that went wrong.
async function wrongOf(context: Own, accountId: string): Promise<readonly Line[]> {
  const { notices } = await askPeer(context, "notifications.store", {
    question: (store: Notices) => store.list(accountId, { limit: 200 }),
    otherwise: { notices: [] },
  });
  return notices.flatMap(({ kind, text, at }) => (kind === "source" ? [{ at, message: text, isError: true }] : []));
}
