import { makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { grant } from "../../../core/blogs/memberships.ts";
import type { Account } from "../../../core/hooks/values.ts";
import type { House } from "../../../core/house.ts";
import { ulid } from "../../../core/ids.ts";
import { createAccount } from "../../../core/people/accounts.ts";
import { askForExport } from "../../../core/residents/export/exports.ts";
import { deleteBlog } from "../../../core/residents/standing/blog-standing.ts";

/** The address of a screen about people, with a blog, a person or an archive of its own: what one cell changes no other sees. */
export async function peopleAddress(
  { house, people }: { house: House; people: ReadonlyMap<string, Account> },
  pattern: string,
): Promise<string> {
  const owner = people.get("owner")!;
  const now = house.clock.now();
  const word = ulid().toLowerCase();
  return house.storage.write(async (db) => {
    const scope = house.scopeOf(owner, null, "test");
    if (pattern.startsWith("/account/export/")) {
      const [waiting] = await db.query("SELECT id FROM data_exports WHERE account_id = ? AND blog_id IS NULL", [owner.id]);
      const id = waiting ? String(waiting.id) : await askForExport(scope, db, { accountId: owner.id, blogId: null });
      await db.run("UPDATE data_exports SET state = 'ready' WHERE id = ?", [id]);
      return pattern.replace(":id", id);
    }
    const blog = await makeBlogWithOwner(db, { name: word, ownerId: owner.id }, house.site, now);
    if (pattern.endsWith("/recall")) await deleteBlog(scope, db, blog);
    else
      for (const role of ["editor", "author", "contributor", "reader"] as const)
        await grant(db, { blogId: blog.id, accountId: people.get(role)!.id, role }, now);
    const guest = await createAccount(db, { username: `a-${word}`, passwordHash: null }, now);
    await grant(db, { blogId: blog.id, accountId: guest.id, role: "reader" }, now);
    return pattern.replace(":blog", blog.host).replace(":username", guest.username);
  });
}
