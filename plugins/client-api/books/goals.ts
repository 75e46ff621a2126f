import type { Own } from "../settings.ts";
import { keepRow, newId } from "../numbered.ts";
import { invalid, missing } from "../wire/answers.ts";
import { finishedIn } from "./books.ts";
import { isbnsIn } from "./isbn.ts";

/** How many books somebody wants to read in a year, and which they have read. */
export type Goal = {
  readonly number: number;
  readonly year: number;
  readonly value: number;
  readonly progress: number;
  readonly isbns: readonly string[];
};
type Row = { id: string; number: number; year: number; value: number; progress: number | null };

const [usual, most] = [12, 10_000];

/** Somebody's goals, this year's first; there is always one of this year. */
export async function goalsOf(context: Own, accountId: string): Promise<readonly Goal[]> {
  const year = context.clock.now().getUTCFullYear();
  const isThere = async () => (await rowsOf(context, accountId)).some((one) => one.year === year);
  if (!(await isThere())) {
    const { id, number, now } = await newId(context);
    const row = { id, number, account_id: accountId, year, value: usual, progress: null, created_at: now };
    await keepRow(context, "goals", row, isThere);
  }
  return Promise.all((await rowsOf(context, accountId)).map((row) => goalFrom(context, accountId, row)));
}

/** One goal; PublicError 404. */
export async function goalOf(context: Own, accountId: string, number: number): Promise<Goal> {
  const row = (await rowsOf(context, accountId)).find((one) => one.number === number);
  if (!row) throw missing("You have no such goal.");
  return goalFrom(context, accountId, row);
}

/** Sets a goal, and how far one is when that is not to be counted. */
export async function setGoal(context: Own, accountId: string, number: number, said: URLSearchParams): Promise<Goal> {
  const before = await goalOf(context, accountId, number);
  const value = said.has("value") ? within(said.get("value")) : before.value;
  const progress = said.get("progress");
  await context.tables.run("UPDATE p_client_api_goals SET value = ? WHERE number = ? AND account_id = ?", [
    value,
    number,
    accountId,
  ]);
  if (progress !== null)
    await context.tables.run("UPDATE p_client_api_goals SET progress = ? WHERE number = ? AND account_id = ?", [
      progress.trim() === "" ? null : within(progress),
      number,
      accountId,
    ]);
  return goalOf(context, accountId, number);
}

async function goalFrom(context: Own, accountId: string, { number, year, value, progress }: Row): Promise<Goal> {
  const finished = await finishedIn(context, accountId, year);
  const told = await toldOf(context, accountId, year);
  const isbns = [...new Set([...finished.flatMap(({ isbn }) => isbn || []), ...told])];
  const counted = isbns.length + finished.filter(({ isbn }) => isbn === "").length;
  return { number, year, value, progress: progress ?? counted, isbns };
}

/** The books that somebody's posts of a year link to. */
async function toldOf(context: Own, accountId: string, year: number): Promise<readonly string[]> {
  const { host } = new URL(context.site.url);
  const found: string[] = [];
  for (const { blog } of await context.identity.blogsOf(accountId)) {
    const place = await context.as({ blog });
    const posts = await place.posts.list({ search: `${host}/books/`, authorId: accountId, status: "published", limit: 200 });
    for (const post of posts)
      if (post.publishedAt?.startsWith(`${year}-`)) found.push(...isbnsIn(`${post.source}\n${post.html}`, context.site.url));
  }
  return found;
}

function rowsOf({ tables }: Own, accountId: string): Promise<Row[]> {
  const sql = "SELECT id, number, year, value, progress FROM p_client_api_goals WHERE account_id = ? ORDER BY year DESC LIMIT 50";
  return tables.query<Row>(sql, [accountId]) as Promise<Row[]>;
}

function within(text: string | null): number {
  if (!/^\d{1,5}$/.test(text?.trim() ?? "") || Number(text) > most) throw invalid("A goal is a number of books, 10,000 at most.");
  return Number(text);
}
