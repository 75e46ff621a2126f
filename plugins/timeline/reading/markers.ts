import { PublicError } from "rookery/plugin";
import type { Marker } from "../api.ts";
import type { Own } from "../settings.ts";

const mostChannels = 50;

/** How far somebody has read, by channel. */
export async function markersOf({ tables }: Own, accountId: string): Promise<readonly Marker[]> {
  const rows = await tables.query<{ channel: string; number: number; marked_at: string }>(
    `SELECT channel, number, marked_at FROM p_timeline_markers WHERE account_id = ? ORDER BY channel LIMIT ${mostChannels}`,
    [accountId],
  );
  return rows.map(({ channel, number, marked_at: markedAt }) => ({ channel, number, markedAt }));
}

/** Moves a mark, unless another device set a later one. PublicError 422 for a channel or number that can be none. */
export async function mark({ tables, clock }: Own, accountId: string, marker: Marker): Promise<void> {
  const { channel, number } = marker;
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(channel)) throw new PublicError("no-channel", "There is no such list.", 422);
  if (!Number.isInteger(number) || number < 1 || number > 2_147_483_647)
    throw new PublicError("no-item", "There is no such post.", 422);
  const now = clock.now().getTime();
  const said = Date.parse(marker.markedAt);
  // A clock that runs ahead must not hold the mark for ever.
  const marked = Number.isNaN(said) ? now : Math.min(said, now);
  const values = [number, new Date(marked).toISOString(), marked];
  const key = [accountId, channel];
  const [before] = await tables.query("SELECT number FROM p_timeline_markers WHERE account_id = ? AND channel = ?", key);
  if (!before) {
    if ((await markersOf({ tables } as Own, accountId)).length >= mostChannels) return;
    const insert = `INSERT INTO p_timeline_markers (account_id, channel, blog_id, at, number, marked_at, marked) VALUES (?, ?, '', '', ?, ?, ?)`;
    // Two devices at once: the one that was slower changes the other's.
    const isIn = await tables.run(insert, [...key, ...values]).then(
      () => true,
      () => false,
    );
    if (isIn) return;
  }
  await tables.run(
    "UPDATE p_timeline_markers SET number = ?, marked_at = ?, marked = ? WHERE account_id = ? AND channel = ? AND marked <= ?",
    [...values, ...key, marked],
  );
}

/** Which replies somebody wants to see: all, or those to people they follow. */
export async function repliesOf({ tables }: Own, accountId: string): Promise<"all" | "followed"> {
  const [row] = await tables.query("SELECT replies FROM p_timeline_choices WHERE account_id = ?", [accountId]);
  return row?.replies === "all" ? "all" : "followed";
}

/** Keeps that choice. */
export async function setReplies({ tables }: Own, accountId: string, choice: "all" | "followed"): Promise<void> {
  const change = () => tables.run("UPDATE p_timeline_choices SET replies = ? WHERE account_id = ?", [choice, accountId]);
  if ((await change()) > 0) return;
  // Two at once, or MariaDB, which counts no row where nothing changes: the one that is there is changed.
  await tables
    .run("INSERT INTO p_timeline_choices (account_id, blog_id, replies) VALUES (?, '', ?)", [accountId, choice])
    .catch(change);
}
