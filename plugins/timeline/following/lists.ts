import { isUlid, PublicError, ulid, type Json } from "rookery/plugin";
import type { FeedAddress, Source } from "../api.ts";
import type { Own } from "../settings.ts";
import { keepSource } from "../sources.ts";
import { follow } from "./follow.ts";
import { resolveHere } from "./resolve.ts";

/** What could not be followed of a list, and why: an end of a key of the locales, after `error.`. */
export type Missed = { readonly url: string; readonly title: string; readonly why: string };
/** How far a list is. */
export type ListState = {
  readonly total: number;
  readonly done: number;
  readonly followed: number;
  readonly known: number;
  readonly missed: readonly Missed[];
};
type Row = Record<"entries" | "missed", string> & Record<"done" | "followed" | "known" | "total", number>;

const each = 50;
const columns = "entries, total, done, followed, known, missed";

/** Follows all feeds of a list, by a job; another list of the same person takes the place of the one before. */
export async function followAll(context: Own, accountId: string, entries: readonly FeedAddress[]): Promise<void> {
  const { tables, clock } = context;
  const id = ulid(clock.now().getTime());
  await tables.run("DELETE FROM p_timeline_lists WHERE account_id = ?", [accountId]);
  await tables.run(`INSERT INTO p_timeline_lists (id, blog_id, account_id, ${columns}) VALUES (?, '', ?, ?, ?, 0, 0, 0, '[]')`, [
    id,
    accountId,
    JSON.stringify(entries),
    entries.length,
  ]);
  await context.enqueue("follow-list", { id, accountId }, { key: `follow-list ${accountId}` });
}

/** How far somebody's list is; null without one. */
export async function listOf({ tables }: Own, accountId: string): Promise<ListState | null> {
  const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_timeline_lists WHERE account_id = ? ORDER BY id DESC LIMIT 1`, [
    accountId,
  ]);
  if (!row) return null;
  const { total, done, followed, known, missed } = row;
  return { total, done, followed, known, missed: JSON.parse(missed) as Missed[] };
}

/** Goes through a list, some at a time, and keeps where it is; begun again it goes on there. */
export async function followList(data: Json, context: Own): Promise<void> {
  const { tables, signal } = context;
  const { id, accountId } = data as { id: string; accountId: string };
  if (!isUlid(id)) return;
  for (;;) {
    signal.throwIfAborted();
    const [row] = await tables.query<Row>(`SELECT ${columns} FROM p_timeline_lists WHERE id = ?`, [id]);
    const entries = row ? (JSON.parse(row.entries) as FeedAddress[]) : [];
    if (!row || row.done >= entries.length) return;
    let { followed, known } = row;
    const missed = JSON.parse(row.missed) as Missed[];
    for (const entry of entries.slice(row.done, row.done + each)) {
      const outcome = await followOne(context, accountId, entry);
      if (outcome === "followed") followed++;
      else if (outcome === "known") known++;
      else missed.push({ url: entry.url, title: entry.title, why: outcome });
    }
    await tables.run("UPDATE p_timeline_lists SET done = ?, followed = ?, known = ?, missed = ? WHERE id = ?", [
      Math.min(row.done + each, entries.length),
      followed,
      known,
      JSON.stringify(missed),
      id,
    ]);
  }
}

async function followOne(context: Own, accountId: string, entry: FeedAddress): Promise<string> {
  try {
    const source = (await resolveHere(context, entry.url)) ?? (await feedOf(context, entry));
    return source.id !== accountId && (await follow(context, accountId, source.id)) ? "followed" : "known";
  } catch (error) {
    if (error instanceof PublicError) return error.key;
    throw error;
  }
}

// No network is asked for a list: what is wrong with a feed shows when it is read.
async function feedOf(context: Own, entry: FeedAddress): Promise<Source> {
  const readers = context.services("timeline.source").filter(({ service }) => service.named);
  for (const { pluginId, service } of readers) {
    const named = service.named!(entry);
    if (named) return keepSource(context, pluginId, named);
  }
  throw readers.length === 0
    ? new PublicError("no-reader", "Nothing here reads feeds: the plugin for it is off.", 422)
    : new PublicError("no-address", "This is no address of a feed.", 422);
}
