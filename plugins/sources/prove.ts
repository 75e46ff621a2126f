import { isUlid, linksIn, type Account } from "rookery/plugin";
import type { FeedRow, Own, OwnerRow } from "./rows.ts";

/** Looks whether the site of a source and its person here name each other: the site by rel=me, the person among the links of their profile. */
export async function prove(context: Own, ownerId: string): Promise<void> {
  const [owner] = isUlid(ownerId)
    ? await context.tables.query<OwnerRow>("SELECT * FROM p_sources_owners WHERE id = ?", [ownerId])
    : [];
  const account = owner && (await context.accounts.byId(owner.account_id));
  const [feed] = owner ? await context.tables.query<FeedRow>("SELECT * FROM p_sources_feeds WHERE id = ?", [owner.feed_id]) : [];
  if (!owner || !account || !feed) return;
  const site = feed.site || new URL("/", feed.url).href;
  const isNamedHere = account.links.some(({ url }) => bare(url) === bare(site));
  const isNamedThere = (await namesThem(context, site, account)) ?? /^(?:site|both)$/.test(owner.proof);
  const proof = isNamedHere ? (isNamedThere ? "both" : "profile") : isNamedThere ? "site" : "";
  if (proof === owner.proof) return;
  await context.tables.run("UPDATE p_sources_owners SET proof = ? WHERE id = ?", [proof, owner.id]);
  // What is theirs stands on their profile from now on.
  if (proof === "both" && owner.is_copied === 0)
    await context.enqueue("bring", { ownerId: owner.id }, { key: `bring ${owner.id}` });
}

// Null where the site does not answer, or with an error of its server: that proves nothing, and disproves nothing either.
async function namesThem(context: Own, site: string, account: Account): Promise<boolean | null> {
  const blogs = await context.identity.blogsOf(account.id);
  const own = blogs.filter(({ role }) => role === "owner").map(({ blog }) => blog.url);
  const places = new Set([new URL(`/people/${account.username}`, context.site.url).href, ...own].map(bare));
  try {
    const response = await context.fetch(site, { timeout: 10_000, maxBytes: 2_000_000 });
    if (response.status === 429 || response.status >= 500) return null;
    const links = response.ok ? await linksIn(await response.text(), site) : [];
    return (
      links && links.some(({ element, rel, url }) => /^(a|link)$/.test(element) && rel.includes("me") && places.has(bare(url)))
    );
  } catch {
    return null;
  }
}

// Sites move between http and https and lose slashes; nothing else of an address may differ.
const bare = (url: string): string =>
  url
    .replace(/^https?:\/\//i, "")
    .replace(/\/+$/, "")
    .toLowerCase();

/** Looks at somebody's sources again, or at everybody's, spread over a day. */
export async function proveAgain(context: Own, accountId = ""): Promise<void> {
  const where = accountId === "" ? "id > ?" : "account_id = ? AND id > ?";
  for (let after = "", at = 0; ;) {
    const rows = await context.tables.query<{ id: string }>(
      `SELECT id FROM p_sources_owners WHERE ${where} ORDER BY id LIMIT 200`,
      accountId === "" ? [after] : [accountId, after],
    );
    for (const { id } of rows) {
      const seconds = accountId === "" ? (at++ * 5) % 86_400 : 0;
      await context.enqueue("prove", { ownerId: id }, { key: `prove ${id}`, in: { seconds } });
    }
    after = rows.at(-1)?.id ?? "";
    if (rows.length < 200) return;
  }
}
