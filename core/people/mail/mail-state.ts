import { stamp } from "../../clock.ts";
import type { Scope } from "../../hooks/scope.ts";
import { upsert } from "../../storage/rows.ts";
import type { Storage, Transaction } from "../../storage/storage.ts";

/** How the last try to send mail ended. */
export type MailState = { readonly at: string; readonly isSent: boolean; readonly sentence: string };

const name = "mail-state";

/** Writes down how a try ended, for the dashboard. */
export async function noteMailState({ storage, clock }: Scope, state: Omit<MailState, "at">): Promise<void> {
  const at = stamp(clock.now());
  const value = JSON.stringify({ at, isSent: state.isSent, sentence: state.sentence.slice(0, 1000) });
  await storage.write((db) => upsert(db, "site_settings", { name, value, updated_at: at }, ["name"]));
}

/** How the last try ended; null when there was none. */
export async function readMailState(storage: Storage): Promise<MailState | null> {
  const rows = await storage.query("SELECT value FROM site_settings WHERE name = ?", [name]);
  return rows[0] ? (JSON.parse(String(rows[0].value)) as MailState) : null;
}

/** Forgets mails that nobody will send any more: their job was cancelled, or died a month ago. */
export async function sweepMail(db: Transaction, now: Date): Promise<number> {
  const before = stamp(new Date(now.getTime() - 30 * 24 * 3600_000));
  return db.run("DELETE FROM secrets WHERE place >= 'mail/' AND place < 'mail0' AND updated_at < ?", [before]);
}
