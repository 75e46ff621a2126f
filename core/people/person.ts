import type { Account, Properties } from "../hooks/values.ts";
import type { Row } from "../storage/storage.ts";

/** An account with what only the person and the operator see; never its password. */
export type Person = Account & {
  readonly state: "active" | "suspended" | "deleted";
  readonly defaultBlogId: string | null;
  readonly preferences: Properties;
  readonly createdAt: string;
};

/** The columns a Person is made of, of a table called `a`. */
export const personColumns =
  "a.id, a.username, a.name, a.email, a.role, a.state, a.default_blog_id, a.language, a.time_zone, a.preferences, a.created_at";

/** A row as a Person. */
export function personFrom(row: Row): Person {
  const preferences = JSON.parse(String(row.preferences)) as Properties;
  const text = (name: string) => (typeof preferences[name] === "string" ? preferences[name] : "");
  return {
    id: String(row.id),
    username: String(row.username),
    name: String(row.name),
    ...(row.email === null ? {} : { email: String(row.email) }),
    role: row.role as Account["role"],
    state: row.state as Person["state"],
    defaultBlogId: row.default_blog_id === null ? null : String(row.default_blog_id),
    language: String(row.language),
    timeZone: String(row.time_zone),
    bio: text("bio"),
    photo: text("photo"),
    photoAlt: text("photoAlt"),
    links: Array.isArray(preferences.links) ? (preferences.links as unknown as Account["links"]) : [],
    preferences,
    createdAt: String(row.created_at),
  };
}

/** A Person as others see them: no e-mail, no preferences. */
export function accountOf(person: Person): Account {
  const { id, username, name, role, language, timeZone, bio, photo, photoAlt, links } = person;
  return { id, username, name, role, language, timeZone, bio, photo, photoAlt, links };
}
