import type { Context } from "rookery/plugin";
import { checkLink, type LinkState } from "./check-link.ts";

/** A profile elsewhere and what is known of it; `verifiedAt` is when it linked back last. */
export type KnownLink = {
  readonly url: string;
  readonly state: LinkState;
  readonly checkedAt: string;
  readonly verifiedAt: string | null;
};
type Stored = { readonly links: readonly KnownLink[] };

/** What is known of somebody's profiles elsewhere, by address. */
export async function knownLinks(context: Context, accountId: string): Promise<ReadonlyMap<string, KnownLink>> {
  const stored = await context.collection<Stored>("links").get(accountId);
  return new Map((stored?.links ?? []).map((link) => [link.url, link]));
}

/** Looks at every profile that somebody names, and keeps what it found; of what they took out nothing stays. */
export async function checkProfile(context: Context, accountId: string): Promise<void> {
  const links = context.collection<Stored>("links");
  const account = await context.accounts.byId(accountId);
  const wanted = account?.links.filter(({ url }) => /^https?:\/\//i.test(url)) ?? [];
  if (wanted.length === 0) return void (await links.delete(accountId));
  const own = (await context.identity.blogsOf(accountId)).filter(({ role }) => role === "owner").map(({ blog }) => blog.url);
  const before = await knownLinks(context, accountId);
  const found: KnownLink[] = [];
  for (const { url } of wanted) {
    const state = await checkLink(context, url, own);
    const checkedAt = context.clock.now().toISOString();
    found.push({ url, state, checkedAt, verifiedAt: state === "verified" ? checkedAt : (before.get(url)?.verifiedAt ?? null) });
  }
  await links.put(accountId, { links: found });
}

/** Asks for everybody's profiles to be looked at again, spread over a day. */
export async function checkEverybody(context: Context): Promise<void> {
  const links = context.collection<Stored>("links");
  let [after, at] = [undefined as string | undefined, 0];
  for (;;) {
    const page = await links.find({}, { limit: 100, ...(after && { after }) });
    for (const { id } of page)
      await context.enqueue("check", { accountId: id }, { key: id, in: { seconds: (at++ * 5) % 86_400 } });
    after = page.at(-1)?.id;
    if (page.length < 100) return;
  }
}
