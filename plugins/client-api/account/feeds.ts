import { PublicError, type Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { answer, done, softRefusal } from "../wire/answers.ts";
import { textOf } from "../wire/input.ts";
import { askPeer } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import { blogAmong } from "./own-blogs.ts";

/** The service `sources.store`, as far as it is used here. */
type Sources = {
  list(accountId: string, language: string): Promise<readonly OwnSource[]>;
  add(accountId: string, wish: { url: string; blogId?: string; language: string }): Promise<string>;
};
type OwnSource = {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly site: string;
  readonly isProven: boolean;
  readonly blogId: string;
  readonly problem: string;
};

const kind = "sources.store";

/**
 * `POST /account/feeds`: somebody's own blog elsewhere, whose feed becomes theirs here; with `add_feed_option=import` its posts are
 * copied into a blog of theirs. What cannot be is told with 200 and `error`.
 */
export async function addFeed({ context, input, need }: Call): Promise<Reply> {
  const { account } = need("create");
  const url = textOf(input, "url", "feed_url");
  if (url === "") return softRefusal("Say which address: the field url is empty.");
  const isImport = textOf(input, "add_feed_option").toLowerCase() === "import";
  const blogId = isImport ? await blogFor(context, account.id, textOf(input, "site_id")) : "";
  if (blogId === null) return softRefusal("You write on no such blog: site_id is its id.");
  const { language } = account;
  try {
    const id = await askPeer(context, kind, {
      question: (store: Sources) => store.add(account.id, { url, language, ...(blogId !== "" && { blogId }) }),
      otherwise: null,
      limit: 30_000,
    });
    return id === null ? softRefusal("Feeds of elsewhere are switched off at this installation.") : done();
  } catch (error) {
    if (error instanceof PublicError && error.status !== 429) return softRefusal(error.message);
    throw error;
  }
}

/** `GET /account/info/feeds`: somebody's sources. */
export async function ownFeeds({ context, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const all: readonly OwnSource[] = await askPeer(context, kind, {
    question: (store: Sources) => store.list(account.id, account.language),
    otherwise: [],
  });
  const ids = all.flatMap(({ id, blogId }) => (blogId === "" ? [id] : [id, blogId]));
  const numbers = await context.numbers.of(ids);
  return answer(
    all.map(({ id, url, title, site, isProven, blogId, problem }) => ({
      id: numbers.get(id) ?? 0,
      url,
      title,
      site_url: site,
      is_verified: isProven,
      is_import: blogId !== "",
      site_id: numbers.get(blogId) ?? 0,
      error: problem,
    })),
  );
}

// Apps know a blog by the number that the list of domains gives it, or by its host; who names none means the usual one.
async function blogFor(context: Own, accountId: string, named: string): Promise<string | null> {
  if (named === "") return (await context.identity.blogsOf(accountId))[0]?.blog.id ?? null;
  const subject = /^[1-9]\d{0,8}$/.test(named) ? await context.numbers.subject(Number(named)) : null;
  return (await blogAmong(context, accountId, subject?.id ?? named))?.id ?? null;
}
