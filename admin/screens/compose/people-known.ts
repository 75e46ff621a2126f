import { membersOf } from "../../../core/blogs/memberships.ts";
import { marks } from "../../../core/storage/rows.ts";
import type { OnBlog } from "../../on-blog.ts";

/** Somebody to be named in a text: members have a name here, others an address. */
export type KnownPerson = { readonly name: string; readonly handle: string; readonly url: string };

/** The people of a blog and those who lately answered there or mentioned it, 100 of each at most. */
export async function peopleKnown({ blog, scope }: OnBlog): Promise<readonly KnownPerson[]> {
  const members = (await membersOf(scope.storage, blog.id)).slice(0, 100);
  const ids = members.map(({ accountId }) => accountId);
  const accounts = ids.length === 0 ? [] : await namesOf(scope.storage, ids);
  const rows = await scope.storage.query(
    "SELECT author_name, author_url FROM interactions WHERE blog_id = ? AND state = 'visible' AND kind IN ('reply', 'mention') " +
      "ORDER BY received_at DESC, id DESC LIMIT 300",
    [blog.id],
  );
  const others = new Map<string, KnownPerson>();
  for (const row of rows) {
    const [name, url] = [String(row.author_name), String(row.author_url)];
    if (others.size >= 100) break;
    if (/^https?:\/\//i.test(url) && URL.canParse(url) && !others.has(url))
      others.set(url, { name: name || new URL(url).host, handle: new URL(url).host, url });
  }
  return [...accounts, ...others.values()];
}

async function namesOf(storage: OnBlog["scope"]["storage"], ids: readonly string[]): Promise<KnownPerson[]> {
  const sql = `SELECT username, name FROM accounts WHERE id IN (${marks(ids.length)}) AND state = 'active' ORDER BY username`;
  const rows = await storage.query(sql, [...ids]);
  return rows.map((row) => ({ name: String(row.name), handle: String(row.username), url: "" }));
}
