import { makeBlogWithOwner } from "../../blogs/blogs.ts";
import { addDomain, markVerified, useAsMain } from "../../blogs/hosts.ts";
import { grant } from "../../blogs/memberships.ts";
import type { Account, Blog } from "../../hooks/values.ts";
import type { House } from "../../house.ts";
import { createAccount, personByUsername } from "../../people/accounts.ts";
import type { TestPerson } from "../fixtures.ts";

/** A blog that a test wants. */
export type TestBlog = {
  readonly host: string;
  readonly title?: string;
  readonly language?: string;
  readonly timeZone?: string;
  /** Name of its owner; kim unless told. */
  readonly owner?: string;
  /** Others who may write there. */
  readonly members?: Readonly<Record<string, "owner" | "editor" | "author">>;
};

/** Somebody's account, made when there is none of the name. */
export async function addPerson(house: House, { username, name, role }: TestPerson): Promise<Account> {
  const known = await personByUsername(house.storage, username);
  if (known) return known;
  const wanted = { username, name, role, email: `${username}@${username}.example`, passwordHash: null };
  return house.storage.write((db) => createAccount(db, wanted, house.clock.now()));
}

/** Makes a blog on a domain of its own. */
export async function addBlog(house: House, wanted: TestBlog, person: (name: string) => Promise<Account>): Promise<Blog> {
  const { host, owner = "kim", members = {}, ...rest } = wanted;
  const ownerId = (await person(owner)).id;
  const others = await Promise.all(Object.entries(members).map(async ([name, role]) => [(await person(name)).id, role] as const));
  const now = house.clock.now();
  const { id } = await house.storage.write(async (db) => {
    const blog = await makeBlogWithOwner(db, { name: host.split(".")[0]!, title: "Kim", ...rest, ownerId }, house.site, now);
    if (blog.host !== host) {
      await addDomain(db, blog.id, host, { hub: house.site, now });
      await markVerified(db, blog.id, host);
      await useAsMain(db, blog.id, host, now);
    }
    for (const [accountId, role] of others) await grant(db, { blogId: blog.id, accountId, role }, now);
    return blog;
  });
  return (await house.blog(id))!;
}
