import { PublicError, type Json, isUlid } from "rookery/plugin";
import type { Source } from "../api.ts";
import { backfill, mostFollows } from "../bounds.ts";
import { marks } from "../ids.ts";
import type { Own } from "../settings.ts";
import { shownSource, sourceById, sourcesById } from "../sources.ts";

/** Begins to follow; the newest 40 of the source stand in the timeline at once. False when they did so before. */
export async function follow(context: Own, accountId: string, sourceId: string): Promise<boolean> {
  const { tables, clock } = context;
  const source = await sourceById(context, sourceId);
  if (!source || source.isAway) throw new PublicError("no-source", "There is nothing here to follow.", 404);
  if (sourceId === accountId) throw new PublicError("own", "What you say stands in your timeline already.", 422);
  if ((await idsFollowed(context, accountId)).length >= mostFollows)
    throw new PublicError("many-follows", "You follow 5,000 already, which is the most.", 422);
  const isFirst = !(await isFollowed(context, sourceId));
  const done = await tables.run(
    `INSERT INTO p_timeline_follows (account_id, source_id, blog_id, at)
     SELECT ?, s.id, s.blog_id, ? FROM p_timeline_sources s WHERE s.id = ?
     AND NOT EXISTS (SELECT 1 FROM p_timeline_follows f WHERE f.account_id = ? AND f.source_id = ?)`,
    [accountId, clock.now().toISOString(), sourceId, accountId, sourceId],
  );
  // Also when they did so before: a crash may have come in between.
  await fill(context, accountId, sourceId);
  if (isFirst) await tell(context, source, "followed");
  return done > 0;
}

/** Ends it. What came from there leaves the timeline, unless another source that one follows brought it as well. */
export async function unfollow(context: Own, accountId: string, sourceId: string): Promise<boolean> {
  if (!isUlid(sourceId)) return false;
  // Written down before, so that a crash leaves nothing behind.
  await context.enqueue("clear-out", { accountId, sourceId }, { key: `clear-out ${accountId} ${sourceId}` });
  const sql = "DELETE FROM p_timeline_follows WHERE account_id = ? AND source_id = ?";
  const done = await context.tables.run(sql, [accountId, sourceId]);
  await clearOut({ accountId, sourceId }, context);
  const source = await sourceById(context, sourceId);
  if (done > 0 && source && !(await isFollowed(context, sourceId))) await tell(context, source, "unfollowed");
  return done > 0;
}

/** Takes what a source brought out of a timeline, in batches; run again it changes nothing. */
export async function clearOut(data: Json, context: Own): Promise<void> {
  const { tables } = context;
  const { accountId, sourceId } = data as { accountId: string; sourceId: string };
  const followed = new Set(await idsFollowed(context, accountId));
  if (followed.has(sourceId)) return;
  for (;;) {
    const batch = await tables.query<{ number: number; source_id: string; place_id: string; kind: string }>(
      `SELECT e.number, i.source_id, i.place_id, i.kind FROM p_timeline_entries e LEFT JOIN p_timeline_items i ON i.number = e.number
       WHERE e.account_id = ? AND e.source_id = ? ORDER BY e.number LIMIT 500`,
      [accountId, sourceId],
    );
    if (batch.length === 0) return;
    const leave = [];
    for (const { number, source_id: source, place_id: place, kind } of batch) {
      const other = [source, kind === "post" ? place : ""].find(
        (id) => id !== sourceId && (id === accountId || followed.has(id)),
      );
      if (other === undefined) leave.push(number);
      else
        await tables.run("UPDATE p_timeline_entries SET source_id = ? WHERE account_id = ? AND number = ?", [
          other,
          accountId,
          number,
        ]);
    }
    if (leave.length > 0)
      await tables.run(`DELETE FROM p_timeline_entries WHERE account_id = ? AND number IN (${marks(leave.length)})`, [
        accountId,
        ...leave,
      ]);
  }
}

/** Whom somebody follows, by name. */
export async function following(context: Own, accountId: string): Promise<readonly Source[]> {
  const found = await sourcesById(context, await idsFollowed(context, accountId));
  const names = new Intl.Collator("und", { sensitivity: "base", numeric: true });
  return [...found.values()]
    .filter(({ isAway }) => !isAway)
    .map(shownSource)
    .toSorted((a, b) => names.compare(a.title, b.title) || (a.id < b.id ? -1 : 1));
}

/** Whether somebody follows anything. */
export async function followsAny({ tables }: Pick<Own, "tables">, accountId: string): Promise<boolean> {
  return (await tables.query("SELECT source_id FROM p_timeline_follows WHERE account_id = ? LIMIT 1", [accountId])).length > 0;
}

/** Which of these somebody follows. */
export async function followedOf(
  { tables }: Pick<Own, "tables">,
  accountId: string,
  ids: Iterable<string>,
): Promise<Set<string>> {
  const wanted = [...new Set(ids)].filter(isUlid).slice(0, 500);
  if (wanted.length === 0) return new Set();
  const sql = `SELECT source_id FROM p_timeline_follows WHERE account_id = ? AND source_id IN (${marks(wanted.length)})`;
  return new Set((await tables.query<{ source_id: string }>(sql, [accountId, ...wanted])).map((row) => row.source_id));
}

async function idsFollowed({ tables }: Pick<Own, "tables">, accountId: string): Promise<string[]> {
  const sql = `SELECT source_id FROM p_timeline_follows WHERE account_id = ? ORDER BY source_id LIMIT ${mostFollows}`;
  return (await tables.query<{ source_id: string }>(sql, [accountId])).map((row) => row.source_id);
}

async function isFollowed({ tables }: Own, sourceId: string): Promise<boolean> {
  return (await tables.query("SELECT account_id FROM p_timeline_follows WHERE source_id = ? LIMIT 1", [sourceId])).length > 0;
}

/** Gives followers of a source who have nothing of it yet its newest 40: what a first look at it brought. Run again it changes nothing. */
export async function firstFill(data: Json, context: Own): Promise<void> {
  const { sourceId } = data as { sourceId: string };
  for (let after = ""; ;) {
    context.signal.throwIfAborted();
    const batch = await context.tables.query<{ account_id: string }>(
      `SELECT f.account_id FROM p_timeline_follows f WHERE f.source_id = ? AND f.account_id > ?
       AND NOT EXISTS (SELECT 1 FROM p_timeline_entries e WHERE e.account_id = f.account_id AND e.source_id = f.source_id)
       ORDER BY f.account_id LIMIT 200`,
      [sourceId, after],
    );
    for (const { account_id: accountId } of batch) await fill(context, accountId, sourceId);
    if (batch.length < 200) return;
    after = batch.at(-1)!.account_id;
  }
}

async function fill({ tables }: Own, accountId: string, sourceId: string): Promise<void> {
  const newest = [];
  for (const column of ["source_id", "place_id"] as const)
    newest.push(
      ...(await tables.query<{ number: number; at: string }>(
        `SELECT number, at FROM p_timeline_items WHERE ${column} = ? AND state = 'shown' AND spread <> 'quiet'${column === "place_id" ? " AND kind = 'post'" : ""}
         ORDER BY at DESC, number DESC LIMIT ${backfill}`,
        [sourceId],
      )),
    );
  const numbers = newest.map(({ number }) => number).slice(0, backfill);
  if (numbers.length === 0) return;
  await tables.run(
    `INSERT INTO p_timeline_entries (account_id, number, blog_id, source_id, at, has_photo)
     SELECT ?, i.number, i.blog_id, ?, i.at, i.has_photo FROM p_timeline_items i WHERE i.number IN (${marks(numbers.length)})
     AND NOT EXISTS (SELECT 1 FROM p_timeline_entries e WHERE e.account_id = ? AND e.number = i.number)`,
    [accountId, sourceId, ...numbers, accountId],
  );
}

// The plugin that provides it may be off, or down: then it hears of it when it looks.
async function tell(context: Own, { isAway: _away, ...source }: Source & { isAway: boolean }, what: "followed" | "unfollowed") {
  if (source.plugin === "timeline") return;
  await context
    .ask("timeline.source", source.plugin, (service) => service[what](source))
    .catch((error: unknown) =>
      context.log.warn("a source was not told who follows it", { error: String(error), source: source.id }),
    );
}
