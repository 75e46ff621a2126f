import { isUlid, type Context } from "rookery/plugin";
import { marks } from "../../timeline/ids.ts";

export type PickState = "second" | "due" | "shown" | "changed";
/** A pick as it is stored. */
export type Pick = {
  readonly id: string;
  readonly blogId: string;
  readonly number: number;
  readonly item: number;
  readonly postId: string;
  readonly authorId: string;
  readonly language: string;
  /** Ids of topics. */
  readonly topics: readonly string[];
  readonly note: string;
  readonly state: PickState;
  readonly mark: string;
  readonly showAt: string;
  readonly pickedBy: string;
  readonly pickedAt: string;
  readonly secondedBy: string;
};
export type PickRow = Record<string, string | number>;

/** The columns of a pick, of a table called `p`. */
export const pickColumns = `p.id, p.blog_id, p.number, p.item, p.post_id, p.author_id, p.language, p.topics, p.note, p.state, p.mark,
  p.show_at, p.picked_by, p.picked_at, p.seconded_by`;

/** One pick by its id; null for none. */
export async function pickById({ tables }: Context, id: string): Promise<Pick | null> {
  if (!isUlid(id)) return null;
  const [row] = await tables.query<PickRow>(`SELECT ${pickColumns} FROM p_discover_picks p WHERE p.id = ?`, [id]);
  return row ? pickFrom(row) : null;
}

/** The pick of a post, by its number in the timeline; null for none. */
export async function pickOfItem({ tables }: Context, item: number): Promise<Pick | null> {
  const [row] = await tables.query<PickRow>(`SELECT ${pickColumns} FROM p_discover_picks p WHERE p.item = ?`, [item]);
  return row ? pickFrom(row) : null;
}

/** Picks in a state, those first whose time is first; 100 at most. */
export async function picksIn({ tables }: Context, state: PickState): Promise<readonly Pick[]> {
  const sql = `SELECT ${pickColumns} FROM p_discover_picks p WHERE p.state = ? ORDER BY p.show_at, p.id LIMIT 100`;
  return (await tables.query<PickRow>(sql, [state])).map(pickFrom);
}

/** Whether a pick waits for a second curator, or to be read again since it was changed, and this one could do it. */
export async function waitsForAnother({ tables }: Context, accountId: string): Promise<boolean> {
  const sql = "SELECT p.id FROM p_discover_picks p WHERE p.state IN ('second', 'changed') AND p.author_id <> ? LIMIT 1";
  return (await tables.query(sql, [accountId])).length > 0;
}

/** What is shown since a moment, the latest first; 100 at most. */
export async function shownSince({ tables }: Context, moment: string): Promise<readonly Pick[]> {
  const sql = `SELECT ${pickColumns} FROM p_discover_picks p WHERE p.state = 'shown' AND p.show_at >= ? ORDER BY p.show_at DESC, p.id DESC LIMIT 100`;
  return (await tables.query<PickRow>(sql, [moment])).map(pickFrom);
}

/** Somebody's posts that were picked, the latest first; 50 at most. */
export async function picksOf({ tables }: Context, authorId: string): Promise<readonly Pick[]> {
  const sql = `SELECT ${pickColumns} FROM p_discover_picks p WHERE p.author_id = ? ORDER BY p.id DESC LIMIT 50`;
  return (await tables.query<PickRow>(sql, [authorId])).map(pickFrom);
}

/** When something of these people was last picked; those of whom nothing ever was are left out. */
export async function lastPicked({ tables }: Context, authors: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const wanted = [...new Set(authors)].filter(isUlid);
  if (wanted.length === 0) return new Map();
  const rows = await tables.query<{ author_id: string; at: string }>(
    `SELECT p.author_id, MAX(p.picked_at) AS at FROM p_discover_picks p WHERE p.author_id IN (${marks(wanted.length)}) GROUP BY p.author_id`,
    wanted,
  );
  return new Map(rows.map(({ author_id: id, at }) => [id, at]));
}

/** A pick from a row of `pickColumns`. */
export function pickFrom(row: PickRow): Pick {
  const text = (name: string) => String(row[name] ?? "");
  return {
    id: text("id"),
    blogId: text("blog_id"),
    number: Number(row.number),
    item: Number(row.item),
    postId: text("post_id"),
    authorId: text("author_id"),
    language: text("language"),
    topics: JSON.parse(text("topics")) as string[],
    note: text("note"),
    state: text("state") as PickState,
    mark: text("mark"),
    showAt: text("show_at"),
    pickedBy: text("picked_by"),
    pickedAt: text("picked_at"),
    secondedBy: text("seconded_by"),
  };
}
