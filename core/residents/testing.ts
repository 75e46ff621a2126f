import type { ExecutionContext } from "ava";
import { makeBlogWithOwner } from "../blogs/blogs.ts";
import { grant } from "../blogs/memberships.ts";
import { touch } from "../blogs/versions.ts";
import type { Clock } from "../clock.ts";
import { noTaps } from "../hooks/no-taps.ts";
import type { Principal, Scope, Taps } from "../hooks/scope.ts";
import type { Account, Blog } from "../hooks/values.ts";
import { makePerson, morning } from "../people/testing.ts";
import type { BlogRole } from "../people/permissions.ts";
import type { Person } from "../people/person.ts";
import type { Dialect } from "../storage/columns.ts";
import { openTestStorage } from "../storage/testing.ts";

const silent = () => undefined;

/** A small installation on a fresh database: people, blogs, scopes for what they do, a clock moved by hand. */
export async function testTown(t: ExecutionContext, dialect: Dialect, taps: Partial<Taps> = {}) {
  const storage = await openTestStorage(t, dialect);
  let now = morning;
  const clock: Clock = { now: () => now };
  const hub = { url: "https://hub.example", version: "0" };
  const scopeFor = (principal: Principal, blog: Blog | null): Scope => ({
    storage,
    taps: { ...noTaps, ...taps },
    clock,
    log: { debug: silent, info: silent, warn: silent, error: silent },
    site: hub,
    blog,
    principal,
    via: "web",
    address: "192.0.2.1",
    requestId: "test",
    touch,
  });
  return {
    storage,
    hub,
    clock,
    /** Some days go by. */
    wait: (days: number) => void (now = new Date(now.getTime() + days * 86_400_000)),
    person: (username: string, role: Account["role"] = "member"): Promise<Person> => makePerson(storage, username, role),
    blog: (name: string, owner: Person): Promise<Blog> =>
      storage.write((db) => makeBlogWithOwner(db, { name, ownerId: owner.id }, hub, now)),
    join: (blog: Blog, person: Person, role: BlogRole): Promise<void> =>
      storage.write((db) => grant(db, { blogId: blog.id, accountId: person.id, role }, now)),
    as: (person: Person, blog: Blog | null = null): Scope =>
      scopeFor({ accountId: person.id, role: person.role, scopes: null }, blog),
    system: (blog: Blog | null = null): Scope => scopeFor({ accountId: null, role: "system", scopes: null }, blog),
    arrival: () => ({ hub, via: "web", address: "192.0.2.1", now }),
  };
}

/** Somebody who signs up as the form makes them. */
export function newcomer(username: string, more: object = {}) {
  return {
    username,
    name: username,
    email: `${username}@mail.example`,
    passwordHash: "",
    language: "en",
    timeZone: "UTC",
    title: `${username} writes`,
    description: "",
    theme: "perch",
    invitationId: null,
    ...more,
  };
}
