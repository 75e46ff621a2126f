import { isUlid, type Json } from "rookery/plugin";
import type { Item } from "../api.ts";
import type { Own } from "../settings.ts";
import { fanOut } from "./fan-out.ts";
import { tellNew } from "./known.ts";

type Asked = {
  readonly state: "shown" | "held";
  readonly accountId: string;
  readonly sourceId: string;
  readonly url: string;
  readonly kind: Item["kind"];
  readonly html: string;
};

/** What becomes of an item that comes in: a guard may keep it out of timelines and lists, once and for its changes. */
export async function stateOf(context: Own, asked: Asked, before: string | undefined): Promise<"shown" | "held" | "kept"> {
  const { state, accountId, sourceId, url, kind, html } = asked;
  if (state === "held" || before === "shown") return state;
  if (before === "kept") return before;
  const value = { accountId, sourceId, url, kind, html, isLocal: accountId !== "" };
  return (await context.call("timeline.spread", value)) ? "kept" : "shown";
}

/** Brings what was kept of somebody into timelines, one after the other; run again it goes on. */
export async function releaseKept(data: Json, context: Own): Promise<void> {
  const { tables, signal } = context;
  const { accountId } = data as { accountId: string };
  for (;;) {
    signal.throwIfAborted();
    // Also what was shown just before a crash.
    const rows = await tables.query<{ number: number; state: string; spread: string }>(
      `SELECT number, state, spread FROM p_timeline_items
       WHERE source_id = ? AND (state = 'kept' OR (state = 'shown' AND spread = 'waiting')) ORDER BY at, number LIMIT 100`,
      [accountId],
    );
    if (rows.length === 0) return;
    for (const { number, state, spread } of rows) {
      await tables.run("UPDATE p_timeline_items SET state = 'shown' WHERE number = ? AND state = 'kept'", [number]);
      await fanOut({ number }, context);
      if (state === "kept" && spread === "waiting") await tellNew(context, number, accountId);
    }
  }
}

/** Forgets what was kept of somebody. */
export async function dropKept({ tables }: Own, accountId: string): Promise<void> {
  if (!isUlid(accountId)) return;
  await tables.run("DELETE FROM p_timeline_items WHERE source_id = ? AND state = 'kept'", [accountId]);
}
