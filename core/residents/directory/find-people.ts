import type { Account } from "../../hooks/values.ts";
import { personColumns, personFrom, type Person } from "../../people/person.ts";
import { marks } from "../../storage/rows.ts";
import type { Bindable, Storage } from "../../storage/storage.ts";
import { startsWith, within } from "./like.ts";

/** Which people; what is left out does not matter. */
export type PeopleFilter = {
  /** The beginning of a username or e-mail address, or a part of a name. */
  readonly q?: string;
  readonly role?: Account["role"];
  readonly state?: Person["state"];
  readonly after?: string;
};

/** A person with what the files of their own blogs take up. */
export type ListedPerson = Person & { readonly bytes: number };

const pageSize = 30;

/** People by username, 30 a page; `next` is where the page after begins. */
export async function findPeople(
  storage: Storage,
  filter: PeopleFilter,
): Promise<{ people: readonly ListedPerson[]; next: string | null }> {
  const where = ["a.username > ?"];
  const values: Bindable[] = [filter.after ?? ""];
  if (filter.role) {
    where.push("a.role = ?");
    values.push(filter.role);
  }
  if (filter.state) {
    where.push("a.state = ?");
    values.push(filter.state);
  }
  const q = (filter.q ?? "").trim().toLowerCase();
  if (q !== "") {
    where.push("(a.username LIKE ? ESCAPE '!' OR a.email LIKE ? ESCAPE '!' OR LOWER(a.name) LIKE ? ESCAPE '!')");
    values.push(startsWith(q), startsWith(q), within(q));
  }
  const sql = `SELECT ${personColumns} FROM accounts a WHERE ${where.join(" AND ")} ORDER BY a.username LIMIT ${pageSize + 1}`;
  const found = (await storage.query(sql, values)).map(personFrom);
  const shown = found.slice(0, pageSize);
  const bytes = await bytesOfOwners(
    storage,
    shown.map(({ id }) => id),
  );
  const people = shown.map((person) => ({ ...person, bytes: bytes.get(person.id) ?? 0 }));
  return { people, next: found.length > pageSize ? shown.at(-1)!.username : null };
}

/** How many bytes the files of the blogs take up that stand in these people's names. */
export async function bytesOfOwners(storage: Storage, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await storage.query(
    `SELECT b.owner_id, SUM(m.bytes) AS bytes FROM blogs b JOIN media_totals m ON m.blog_id = b.id WHERE b.owner_id IN (${marks(ids.length)}) GROUP BY b.owner_id`,
    ids,
  );
  return new Map(rows.map((row) => [String(row.owner_id), Number(row.bytes)]));
}
