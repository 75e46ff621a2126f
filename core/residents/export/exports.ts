import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import { ulid, randomName } from "../../ids.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { insert } from "../../storage/rows.ts";
import type { Row, Storage, Transaction } from "../../storage/storage.ts";
import { audit } from "../../people/audit.ts";

/** The job that makes an archive. */
export const exportJob = "export-data";

/** Days in which an archive can be fetched. */
export const exportDays = 7;

/** An archive that somebody asked for: of all that is theirs, or of one blog. */
export type DataExport = {
  readonly id: string;
  readonly accountId: string;
  readonly blogId: string | null;
  readonly state: "waiting" | "ready";
  readonly file: string;
  readonly bytes: number;
  readonly createdAt: string;
  readonly readyAt: string | null;
  readonly expiresAt: string;
};

/** Asks for an archive, made by a job. PublicError 409 while the one asked for before is not ready. */
export async function askForExport(
  scope: Scope,
  db: Transaction,
  of: { accountId: string; blogId: string | null },
): Promise<string> {
  const now = scope.clock.now();
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  // The person's row is what two requests at the same moment meet at.
  const [person] = await db.query(`SELECT username FROM accounts WHERE id = ?${lock}`, [of.accountId]);
  const waiting = (await exportsOf(db, of.accountId, now)).find((one) => one.blogId === of.blogId && one.state === "waiting");
  if (waiting) throw new PublicError("export.waits", "This is being made already; it will be here when it is ready.", 409);
  const id = ulid(now.getTime());
  const row = {
    id,
    account_id: of.accountId,
    blog_id: of.blogId,
    state: "waiting",
    file: `${randomName()}.zip`,
    bytes: 0,
    created_at: stamp(now),
    ready_at: null,
    expires_at: stamp(new Date(now.getTime() + exportDays * 86_400_000)),
  };
  await insert(db, "data_exports", [row]);
  await enqueue(db, { pluginId: "core", name: exportJob, blogId: of.blogId, data: { exportId: id }, runAt: now, key: id });
  const by = { accountId: scope.principal.accountId, blogId: of.blogId, via: scope.via, address: scope.address };
  await audit(db, { action: "export.asked", subject: String(person?.username ?? ""), ...by }, now);
  return id;
}

/** Somebody's archives that can still be fetched or are being made, the newest first. */
export async function exportsOf(storage: Pick<Storage, "query">, accountId: string, now: Date): Promise<readonly DataExport[]> {
  const sql = `SELECT ${columns} FROM data_exports WHERE account_id = ? AND expires_at > ? ORDER BY id DESC LIMIT 50`;
  return (await storage.query(sql, [accountId, stamp(now)])).map(exportFrom);
}

/** One archive; null when there is none. */
export async function exportById(storage: Pick<Storage, "query">, id: string): Promise<DataExport | null> {
  const rows = await storage.query(`SELECT ${columns} FROM data_exports WHERE id = ?`, [id]);
  return rows[0] ? exportFrom(rows[0]) : null;
}

const columns = "id, account_id, blog_id, state, file, bytes, created_at, ready_at, expires_at";

function exportFrom(row: Row): DataExport {
  return {
    id: String(row.id),
    accountId: String(row.account_id),
    blogId: row.blog_id === null ? null : String(row.blog_id),
    state: row.state as DataExport["state"],
    file: String(row.file),
    bytes: Number(row.bytes),
    createdAt: String(row.created_at),
    readyAt: row.ready_at === null ? null : String(row.ready_at),
    expiresAt: String(row.expires_at),
  };
}
