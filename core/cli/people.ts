import { makeBlogWithOwner } from "../blogs/blogs.ts";
import { PublicError } from "../errors.ts";
import type { Account, Blog } from "../hooks/values.ts";
import type { House } from "../house.ts";
import { createAccount, personByUsername, setDefaultBlog } from "../people/accounts.ts";
import { audit } from "../people/audit.ts";
import { hashPassword } from "../people/passwords.ts";
import type { Person } from "../people/person.ts";
import { UsageError, type Console, type Typed } from "./command.ts";

/** A person and, unless not wanted, the blog `USERNAME.<hub host>`, in one transaction. */
export type NewPerson = {
  readonly username: string;
  readonly email: string | null;
  readonly password: string;
  readonly role: Account["role"];
  /** The blog's title; null for no blog. */
  readonly title: string | null;
};

/** Which option of a command that makes a person a refusal is about. */
export const personFields: Readonly<Record<string, string>> = {
  "account.username": "--username",
  "account.username-taken": "--username",
  "blog.name": "--username",
  "blog.host-taken": "--username",
  "account.email": "--email",
  "account.email-taken": "--email",
  "account.password": "--password-stdin",
};

/** Makes a person with a blog; plugins hear of both after the commit. PublicError for names that cannot be or are taken. */
export async function makePerson(house: House, wanted: NewPerson): Promise<{ person: Person; blog: Blog | null }> {
  const passwordHash = await hashPassword(wanted.password, wanted.username);
  const now = house.clock.now();
  const made = await house.storage.write(async (db) => {
    const { username, email, role } = wanted;
    const person = await createAccount(db, { username, email, role, passwordHash }, now);
    await audit(db, { action: "account.created", subject: username, accountId: person.id, via: "cli" }, now);
    if (wanted.title === null) return { person, blog: null };
    const blog = await makeBlogWithOwner(db, { name: username, ownerId: person.id, title: wanted.title }, house.site, now);
    await setDefaultBlog(db, person.id, blog.id, now);
    await audit(db, { action: "blog.created", subject: blog.host, accountId: person.id, blogId: blog.id, via: "cli" }, now);
    return { person, blog };
  });
  const scope = house.scopeOf(made.person, made.blog, "cli");
  await scope.taps.event(scope, "account.created", { account: made.person });
  if (made.blog) await scope.taps.event(scope, "blog.created", { blog: made.blog });
  return made;
}

/** The person of a username; a PublicError when there is none. */
export async function needPerson(house: House, username: string): Promise<Person> {
  const person = await personByUsername(house.storage, username);
  if (!person)
    throw new PublicError("account.unknown", `There is no account “${username.slice(0, 64)}”: rookery account list shows them.`);
  return person;
}

/** The password that was sent with `--password-stdin`: stdin without the line's end. */
export async function readPassword(typed: Typed, console: Console): Promise<string> {
  if (!typed.is("password-stdin")) throw new UsageError("--password-stdin is missing: send the password on stdin.");
  const password = (await console.input()).replace(/\r?\n$/, "");
  if (password === "") throw new UsageError("No password came on stdin.");
  return password;
}
