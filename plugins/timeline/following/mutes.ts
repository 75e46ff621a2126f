import { PublicError, ulid } from "rookery/plugin";
import type { Mute, MuteWish } from "../api.ts";
import { mostMutes } from "../bounds.ts";
import type { Own } from "../settings.ts";
import { handleOf, sourceByHandle } from "../sources.ts";
import { unfollow } from "./follow.ts";

type Row = Record<string, string | number | null>;

/** What somebody mutes and blocks at the moment, the newest first; what has ended is not there any more. */
export async function mutesOf({ tables, clock }: Own, accountId: string): Promise<readonly Mute[]> {
  const rows = await tables.query<Row>(
    `SELECT id, number, kind, value, is_block, hides_replies, until_at FROM p_timeline_mutes
     WHERE account_id = ? AND (until_at IS NULL OR until_at > ?) ORDER BY id DESC LIMIT ${mostMutes}`,
    [accountId, clock.now().toISOString()],
  );
  return rows.map((row) => ({
    id: String(row.id),
    number: Number(row.number),
    kind: row.kind as Mute["kind"],
    value: String(row.value),
    isBlock: row.is_block === 1,
    hidesReplies: row.hides_replies === 1,
    until: row.until_at === null ? null : String(row.until_at),
  }));
}

/** Mutes or blocks; the same again changes the one that is there. A block also ends following. PublicError 422 for what cannot be. */
export async function mute(context: Own, accountId: string, wish: MuteWish): Promise<Mute> {
  const { tables, clock } = context;
  const value = valueOf(wish);
  const until = wish.until ? endOf(wish.until, clock.now()) : null;
  const isBlock = wish.kind === "person" && wish.isBlock === true;
  const hides = isBlock || wish.hidesReplies === true;
  const all = await mutesOf(context, accountId);
  const before = all.find((one) => one.kind === wish.kind && one.value === value);
  if (!before && all.length >= mostMutes)
    throw new PublicError("many-mutes", "You mute 500 things already, which is the most.", 422);
  const id = before?.id ?? ulid(clock.now().getTime());
  const number = before?.number ?? (await context.numbers.of([id])).get(id)!;
  const values = [isBlock ? 1 : 0, hides ? 1 : 0, until];
  if (before)
    await tables.run("UPDATE p_timeline_mutes SET is_block = ?, hides_replies = ?, until_at = ? WHERE id = ?", [...values, id]);
  else
    await tables.run(
      `INSERT INTO p_timeline_mutes (id, number, blog_id, account_id, kind, value, created_at, is_block, hides_replies, until_at)
       VALUES (?, ?, '', ?, ?, ?, ?, ?, ?, ?)`,
      [id, number, accountId, wish.kind, value, clock.now().toISOString(), ...values],
    );
  const kept = before ?? (await keepFirst(context, accountId, wish.kind, value)) ?? { id, number };
  const source = isBlock ? await sourceByHandle(context, value) : null;
  if (source) await unfollow(context, accountId, source.id);
  return { id: kept.id, number: kept.number, kind: wish.kind, value, isBlock, hidesReplies: hides, until };
}

// Two at once are one, and whoever asked is told of the one that stays.
async function keepFirst({ tables }: Own, accountId: string, kind: string, value: string) {
  const rows = await tables.query<Row>("SELECT id, number, kind, value FROM p_timeline_mutes WHERE account_id = ? ORDER BY id", [
    accountId,
  ]);
  const [first, ...more] = rows.filter((row) => row.kind === kind && row.value === value);
  for (const { id } of more) await tables.run("DELETE FROM p_timeline_mutes WHERE id = ?", [String(id)]);
  return first && { id: String(first.id), number: Number(first.number) };
}

/** Ends it, by id or number; false when there was none. */
export async function unmute({ tables }: Own, accountId: string, which: string | number): Promise<boolean> {
  const column = typeof which === "number" ? "number" : "id";
  if (typeof which === "string" && !/^[0-9A-Z]{26}$/.test(which)) return false;
  return (await tables.run(`DELETE FROM p_timeline_mutes WHERE account_id = ? AND ${column} = ?`, [accountId, which])) > 0;
}

function valueOf({ kind, value }: MuteWish): string {
  const typed = value.replace(/\s+/g, " ").trim();
  if (kind === "person") {
    const handle = handleOf(typed);
    if (/^[^\s@]+(@[^\s@]+)?$/u.test(handle)) return handle;
    throw new PublicError("no-handle", "Say whom: a name such as kim, or kim@lee.example.", 422);
  }
  if (kind === "domain") {
    const host = URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`)?.hostname ?? "";
    if (/^[a-z0-9.-]{3,200}$/.test(host) && host.includes(".")) return host.replace(/^www\./, "");
    throw new PublicError("no-domain", "This is no domain; it looks like lee.example.", 422);
  }
  const word = typed.toLowerCase().normalize("NFKC").slice(0, 200).toWellFormed();
  if ([...word].length >= 2) return word;
  throw new PublicError("no-word", "A word to mute has two letters at least.", 422);
}

function endOf(until: string, now: Date): string {
  const time = Date.parse(until);
  if (Number.isNaN(time) || time <= now.getTime() || time > now.getTime() + 3_660 * 86_400_000)
    throw new PublicError("no-end", "The end lies in the future, ten years at most.", 422);
  return new Date(time).toISOString();
}
