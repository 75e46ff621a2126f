import type { Own } from "../settings.ts";
import { keepRow, newId } from "../numbered.ts";
import { invalid, missing } from "../wire/answers.ts";
import { oneLine, refused } from "../wire/typed.ts";

/** A bookshelf of one person. */
export type Shelf = {
  readonly id: string;
  readonly number: number;
  readonly kind: string;
  readonly name: string;
  readonly count: number;
  readonly createdAt: string;
};
type Row = { id: string; number: number; kind: string; name: string; created_at: string };

/** The shelves everybody has at first, as apps know them by their kind. */
const first = [
  { kind: "want", name: "Want to read" },
  { kind: "reading", name: "Currently reading" },
  { kind: "finished", name: "Finished reading" },
] as const;
const most = 200;
const columns = "id, number, kind, name, created_at";

/** Somebody's shelves, in the order in which they were made. Who has none gets the usual three. */
export async function shelvesOf(context: Own, accountId: string): Promise<readonly Shelf[]> {
  const before = await rowsOf(context, accountId);
  if (before.length === 0) for (const { kind, name } of first) await keepShelf(context, accountId, kind, name);
  const rows = before.length > 0 ? before : await rowsOf(context, accountId);
  const counts = await context.tables.query<{ shelf_id: string; books: number }>(
    "SELECT shelf_id, COUNT(*) AS books FROM p_client_api_books WHERE account_id = ? GROUP BY shelf_id",
    [accountId],
  );
  const by = new Map(counts.map(({ shelf_id: id, books }) => [id, Number(books)]));
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    kind: row.kind,
    name: row.name,
    count: by.get(row.id) ?? 0,
    createdAt: row.created_at,
  }));
}

/** One shelf by its number; PublicError 404. */
export async function shelfOf(context: Own, accountId: string, number: number): Promise<Shelf> {
  const found = (await shelvesOf(context, accountId)).find((one) => one.number === number);
  if (!found) throw missing("You have no such bookshelf.");
  return found;
}

/** A new shelf, or the one of that name. */
export async function addShelf(context: Own, accountId: string, wanted: string | null): Promise<Shelf> {
  const name = nameOf(wanted);
  const all = await shelvesOf(context, accountId);
  const same = all.find((one) => keyOf(one.name) === keyOf(name));
  if (same) return same;
  if (all.length >= most) throw refused(`You have ${most} bookshelves, which is the most.`);
  await keepShelf(context, accountId, "custom", name);
  return (await shelvesOf(context, accountId)).find((one) => keyOf(one.name) === keyOf(name))!;
}

/** Another name. */
export async function renameShelf(context: Own, accountId: string, number: number, wanted: string | null): Promise<Shelf> {
  const shelf = await shelfOf(context, accountId, number);
  const name = nameOf(wanted);
  const other = (await shelvesOf(context, accountId)).find((one) => keyOf(one.name) === keyOf(name));
  if (other && other.number !== number) throw refused("You have a bookshelf of this name.");
  await context.tables.run("UPDATE p_client_api_shelves SET name = ?, name_key = ? WHERE id = ? AND account_id = ?", [
    name,
    keyOf(name),
    shelf.id,
    accountId,
  ]);
  return { ...shelf, name };
}

/** Takes a shelf away, with the books on it. */
export async function removeShelf(context: Own, accountId: string, number: number): Promise<void> {
  const { id } = await shelfOf(context, accountId, number);
  await context.tables.run("DELETE FROM p_client_api_books WHERE account_id = ? AND shelf_id = ?", [accountId, id]);
  await context.tables.run("DELETE FROM p_client_api_shelves WHERE account_id = ? AND id = ?", [accountId, id]);
}

const rowsOf = ({ tables }: Own, accountId: string) =>
  tables.query<Row>(`SELECT ${columns} FROM p_client_api_shelves WHERE account_id = ? ORDER BY number LIMIT ${most}`, [
    accountId,
  ]);

async function keepShelf(context: Own, accountId: string, kind: string, name: string): Promise<void> {
  const { id, number, now } = await newId(context);
  const row = { id, number, account_id: accountId, kind, name, name_key: keyOf(name), created_at: now };
  await keepRow(context, "shelves", row, async () =>
    (await rowsOf(context, accountId)).some((one) => keyOf(one.name) === keyOf(name)),
  );
}

function nameOf(wanted: string | null): string {
  const name = oneLine(wanted, 100);
  if (name === "") throw invalid("A bookshelf needs a name.");
  return name;
}

const keyOf = (name: string): string => oneLine(name.toLowerCase(), 100);
