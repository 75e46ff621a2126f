import { stamp } from "../clock.ts";
import type { Scope } from "../hooks/scope.ts";
import { sweepDeleted } from "../interactions/decide.ts";
import { sweepAttempts } from "../people/attempts.ts";
import { sweepRefreshTokens } from "../people/refresh-tokens.ts";
import { sweepAudit } from "../people/audit.ts";
import { sweepInvitations } from "../residents/joining/invitations.ts";
import { sweepSignUps } from "../residents/joining/sign-ups.ts";
import { sweepMail } from "../people/mail/mail-state.ts";
import { sweepSessions } from "../people/sessions.ts";
import { sweepHosts } from "../residents/standing/erase-blog.ts";
import { eraseRows } from "../posts/remove.ts";
import type { Storage } from "../storage/storage.ts";

const [trashDays, keyDays, day, handful] = [30, 7, 86_400_000, 200];

/** Throws away what nobody needs any more: posts 30 days in the trash, changes discarded as long ago, spent keys, ended sessions, old lines of the log. Small steps. */
export async function keepHouse(scope: Scope): Promise<void> {
  const { storage } = scope;
  const now = scope.clock.now();
  const before = (days: number) => stamp(new Date(now.getTime() - days * day));
  await storage.write(async (db) => {
    await sweepSessions(db, now);
    await sweepAttempts(db, now);
    await sweepRefreshTokens(db, now);
    await sweepAudit(db, now);
    await sweepMail(db, now);
    await sweepInvitations(db, now);
    await sweepSignUps(db, now);
    await sweepHosts(db, now);
    await db.run("DELETE FROM one_time_links WHERE expires_at < ?", [stamp(now)]);
    await db.run("DELETE FROM previews WHERE expires_at < ?", [stamp(now)]);
    await db.run("DELETE FROM post_keys WHERE created_at < ?", [before(keyDays)]);
    await db.run("DELETE FROM post_edits WHERE is_discarded = 1 AND saved_at < ?", [before(trashDays)]);
  });
  await sweepDeleted(scope);
  while ((await eraseOldTrash(storage, before(trashDays))) > 0);
}

// Looked for inside the transaction that erases: what somebody takes out of the trash meanwhile stays.
function eraseOldTrash(storage: Storage, before: string): Promise<number> {
  return storage.write(async (db) => {
    const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
    const sql = `SELECT id FROM posts WHERE status = 'trash' AND deleted_at < ? LIMIT ${handful}${lock}`;
    const old = await db.query<{ id: string }>(sql, [before]);
    for (const { id } of old) await eraseRows(db, id);
    return old.length;
  });
}
