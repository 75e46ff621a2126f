import { insertRow, newId } from "../numbered.ts";
import type { Own } from "../settings.ts";
import { invalid, missing } from "../wire/answers.ts";
import { oneLine, refused } from "../wire/typed.ts";

/** Somebody's notes of one kind. */
export type Notebook = { readonly id: string; readonly number: number; readonly name: string; readonly createdAt: string };
type Row = { id: string; number: number; name: string; created_at: string };

const [mostNotebooks, firstName] = [200, "Notes"];

/** Somebody's notebooks in the order in which they were made. Who has none gets one. */
export async function notebooksOf(context: Own, accountId: string): Promise<readonly Notebook[]> {
  const rows = await rowsOf(context, accountId);
  if (rows.length > 0) return rows.map(notebookFrom);
  await makeNotebook(context, accountId, firstName);
  // Two devices at once make two: the later one goes while it is empty.
  const [first, ...others] = await rowsOf(context, accountId);
  for (const { id } of others)
    await context.tables.run(
      "DELETE FROM p_client_api_notebooks WHERE id = ? AND name = ? AND NOT EXISTS (SELECT 1 FROM p_client_api_notes n WHERE n.notebook_id = p_client_api_notebooks.id)",
      [id, firstName],
    );
  return [notebookFrom(first!)];
}

/** One notebook by its number; PublicError 404. */
export async function notebookOf(context: Own, accountId: string, number: number): Promise<Notebook> {
  const found = (await notebooksOf(context, accountId)).find((one) => one.number === number);
  if (!found) throw missing("You have no such notebook.");
  return found;
}

/** A new notebook. */
export async function addNotebook(context: Own, accountId: string, wanted: string | null): Promise<Notebook> {
  const name = nameOf(wanted);
  if ((await rowsOf(context, accountId)).length >= mostNotebooks)
    throw refused(`You have ${mostNotebooks} notebooks, which is the most.`);
  const number = await makeNotebook(context, accountId, name);
  return notebookOf(context, accountId, number);
}

/** Another name for a notebook. */
export async function renameNotebook(context: Own, accountId: string, number: number, wanted: string | null): Promise<Notebook> {
  const [notebook, name] = [await notebookOf(context, accountId, number), nameOf(wanted)];
  await context.tables.run("UPDATE p_client_api_notebooks SET name = ? WHERE id = ?", [name, notebook.id]);
  return { ...notebook, name };
}

/** Takes a notebook away with its notes and what they were. */
export async function removeNotebook(context: Own, accountId: string, number: number): Promise<void> {
  const { id } = await notebookOf(context, accountId, number);
  const notes = "(SELECT n.id FROM p_client_api_notes n WHERE n.notebook_id = ?)";
  await context.tables.run(`DELETE FROM p_client_api_versions WHERE note_id IN ${notes}`, [id]);
  await context.tables.run("DELETE FROM p_client_api_notes WHERE notebook_id = ?", [id]);
  await context.tables.run("DELETE FROM p_client_api_notebooks WHERE id = ?", [id]);
}

async function makeNotebook(context: Own, accountId: string, name: string): Promise<number> {
  const { id, number, now } = await newId(context);
  await insertRow(context, "notebooks", { id, number, account_id: accountId, name, created_at: now });
  return number;
}

const rowsOf = ({ tables }: Own, accountId: string) =>
  tables.query<Row>(
    `SELECT id, number, name, created_at FROM p_client_api_notebooks WHERE account_id = ? ORDER BY number LIMIT ${mostNotebooks}`,
    [accountId],
  );

const notebookFrom = ({ id, number, name, created_at: createdAt }: Row): Notebook => ({ id, number, name, createdAt });

function nameOf(wanted: string | null): string {
  const name = oneLine(wanted, 100);
  if (name === "") throw invalid("A notebook needs a name.");
  return name;
}
