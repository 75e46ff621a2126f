import { isUlid, type Json } from "rookery/plugin";
import type { Item } from "../api.ts";
import { hashOf, marks } from "../ids.ts";
import type { Own } from "../settings.ts";
import { fanOut } from "./fan-out.ts";
import { tellNew } from "./known.ts";

type Asked = {
  /** What the item is known by; see `Incoming`. */
  readonly key: string;
  readonly state: "shown" | "held";
  readonly accountId: string;
  readonly sourceId: string;
  readonly url: string;
  readonly kind: Item["kind"];
  readonly title: string;
  /** All of it, clean. */
  readonly html: string;
};

/** An item that is there already, and whether what comes says just the same. */
export type Before = { readonly state: string; readonly isSame: boolean };

/**
 * What becomes of an item that comes in: a guard may keep it out of timelines and lists. It is asked about what is new, and about what people
 * here change: harmless words that were let in are no pass for others.
 */
export async function stateOf(context: Own, asked: Asked, before: Before | undefined): Promise<"shown" | "held" | "kept"> {
  const { key, state, accountId, sourceId, url, kind, title, html } = asked;
  const isKnown = before?.state === "shown" || before?.state === "kept";
  if (state === "held") return state;
  if (isKnown && (accountId === "" || before.isSame)) return before.state as "shown" | "kept";
  const value = { key: hashOf(key), accountId, sourceId, url, kind, title, html, isLocal: accountId !== "" };
  return (await context.call("timeline.spread", value)) ? "kept" : "shown";
}

/** Brings what was kept of somebody into timelines by a job, all or what is known by these keys. */
export async function release(context: Own, accountId: string, keys?: readonly string[]): Promise<void> {
  if (!isUlid(accountId)) return;
  for (const some of keys ? chunksOf(keys) : [null])
    await context.enqueue(
      "release",
      { accountId, ...(some && { keys: some }) },
      { key: `release ${accountId} ${some ? hashOf(some.join(" ")) : ""}` },
    );
}

/** Brings what was kept of somebody into timelines, one after the other; run again it goes on. */
export async function releaseKept(data: Json, context: Own): Promise<void> {
  const { tables, signal } = context;
  const { accountId, keys } = data as { accountId: string; keys?: readonly string[] };
  const only = keys ? ` AND key_hash IN (${marks(keys.length)})` : "";
  for (;;) {
    signal.throwIfAborted();
    // Also what was shown just before a crash.
    const rows = await tables.query<{ number: number; state: string; spread: string }>(
      `SELECT number, state, spread FROM p_timeline_items
       WHERE source_id = ? AND (state = 'kept' OR (state = 'shown' AND spread = 'waiting'))${only} ORDER BY at, number LIMIT 100`,
      [accountId, ...(keys ?? [])],
    );
    if (rows.length === 0) return;
    for (const { number, state, spread } of rows) {
      await tables.run("UPDATE p_timeline_items SET state = 'shown' WHERE number = ? AND state = 'kept'", [number]);
      await fanOut({ number }, context);
      if (state === "kept" && spread === "waiting") await tellNew(context, number, accountId);
    }
  }
}

/** Forgets what was kept of somebody, all or what is known by these keys. What was in timelines before it changed stays kept. */
export async function dropKept({ tables }: Own, accountId: string, keys?: readonly string[]): Promise<void> {
  if (!isUlid(accountId)) return;
  const sql = "DELETE FROM p_timeline_items WHERE source_id = ? AND state = 'kept' AND spread = 'waiting'";
  if (!keys) return void (await tables.run(sql, [accountId]));
  for (const some of chunksOf(keys)) await tables.run(`${sql} AND key_hash IN (${marks(some.length)})`, [accountId, ...some]);
}

const chunksOf = (keys: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(keys.length / 200) }, (_, at) => keys.slice(at * 200, (at + 1) * 200));
