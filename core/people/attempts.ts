import { stamp } from "../clock.ts";
import { upsert } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { tokenHash } from "./token-hash.ts";

/** How often something may be tried: `size` at once, refilled evenly over `seconds`. */
export type Allowance = { readonly size: number; readonly seconds: number };

/** Takes one try from each key's bucket, or none from any; gives 0, or the seconds to wait until all have one. Stored, so a restart forgives nothing. */
export async function takeAttempt(db: Transaction, buckets: Readonly<Record<string, Allowance>>, now: Date): Promise<number> {
  const found: Awaited<ReturnType<typeof levelOf>>[] = [];
  // In one order, and each row there before it is locked: MariaDB locks the gap where none is, and many who try for the
  // first time at once would all wait for each other.
  const keys = Object.keys(buckets).toSorted((a, b) => (tokenHash(a) < tokenHash(b) ? -1 : 1));
  for (const key of keys) {
    if (db.dialect === "mysql") await makeBucket(db, key, buckets[key]!, now);
    found.push(await levelOf(db, key, buckets[key]!, now));
  }
  const wait = Math.max(...found.map(({ level, allowance }) => (level >= 1000 ? 0 : secondsUntil(level, allowance))));
  if (wait > 0) return wait;
  for (const { hash, level } of found)
    await upsert(db, "attempts", { key_hash: hash, tokens: level - 1000, changed_at: stamp(now) }, ["key_hash"]);
  return 0;
}

/** Fills a bucket again, after a success. */
export async function forgiveAttempts(db: Transaction, key: string): Promise<void> {
  await db.run("DELETE FROM attempts WHERE key_hash = ?", [tokenHash(key)]);
}

/** Forgets buckets that have been full again for a day. */
export async function sweepAttempts(db: Transaction, now: Date): Promise<number> {
  return db.run("DELETE FROM attempts WHERE changed_at < ?", [stamp(new Date(now.getTime() - 24 * 3600_000))]);
}

async function makeBucket(db: Transaction, key: string, { size }: Allowance, now: Date): Promise<void> {
  await db.run(
    "INSERT INTO attempts (key_hash, tokens, changed_at) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE key_hash = VALUES(key_hash)",
    [tokenHash(key), size * 1000, stamp(now)],
  );
}

// Levels are thousandths of a try, so that refilling between two tries is not lost to rounding.
async function levelOf(db: Transaction, key: string, allowance: Allowance, now: Date) {
  const hash = tokenHash(key);
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const rows = await db.query(`SELECT tokens, changed_at FROM attempts WHERE key_hash = ?${lock}`, [hash]);
  const full = allowance.size * 1000;
  if (!rows[0]) return { hash, allowance, level: full };
  const passed = Math.max(0, now.getTime() - Date.parse(String(rows[0].changed_at))) / 1000;
  const level = Math.min(full, Math.floor(Number(rows[0].tokens) + (passed * full) / allowance.seconds));
  return { hash, allowance, level };
}

function secondsUntil(level: number, { size, seconds }: Allowance): number {
  return Math.max(1, Math.ceil(((1000 - level) * seconds) / (size * 1000)));
}
