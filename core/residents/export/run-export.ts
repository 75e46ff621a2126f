import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { stamp } from "../../clock.ts";
import type { Scope } from "../../hooks/scope.ts";
import { ZipFile } from "../../net/zip-file.ts";
import { update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { personById } from "../../people/accounts.ts";
import { mailLater, type MailParts } from "../../people/mail/mail-later.ts";
import { createLink } from "../../people/one-time-links.ts";
import { writeAccount, writeOneBlog, type AccountFiles } from "./account-files.ts";
import { exportById, exportDays, type DataExport } from "./exports.ts";

/** What making archives needs of the house. */
export type ExportParts = Pick<AccountFiles, "media" | "keepers"> & { readonly folder: string; readonly mail: MailParts };

/** Where archives lie in the data folder. */
export function exportFolder(dataFolder: string): string {
  return join(dataFolder, "exports");
}

/** Makes an archive and tells who asked for it. Run again after a crash it begins anew; a finished one is left alone. */
export async function runExport(scope: Scope, parts: ExportParts, exportId: string, signal: AbortSignal): Promise<void> {
  const wanted = await exportById(scope.storage, exportId);
  if (wanted?.state !== "waiting") return;
  await mkdir(parts.folder, { recursive: true, mode: 0o700 });
  const path = join(parts.folder, wanted.file);
  const zip = await ZipFile.create(`${path}.part`);
  let bytes: number;
  try {
    const write = wanted.blogId === null ? writeAccount : writeOneBlog;
    await write(scope, wanted.accountId, { zip, media: parts.media, keepers: parts.keepers, signal });
    bytes = await zip.finish();
  } catch (error) {
    await zip.abandon();
    throw error;
  }
  await rename(`${path}.part`, path);
  await scope.storage.write((db) => tell(scope, parts, db, { ...wanted, bytes }));
}

/** Makes a link that fetches an archive once. */
export async function exportLink(db: Transaction, one: Pick<DataExport, "id">, siteUrl: string, now: Date): Promise<string> {
  const token = await createLink(db, { purpose: "export", subject: one.id, seconds: exportDays * 86_400 }, now);
  return `${siteUrl.replace(/\/$/, "")}/account/export/${one.id}?token=${token}`;
}

/** Removes archives that are over: their rows, and every file without a row. */
export async function sweepExports(scope: Scope, folder: string): Promise<void> {
  const now = stamp(scope.clock.now());
  await scope.storage.write((db) => db.run("DELETE FROM data_exports WHERE expires_at <= ?", [now]));
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const name of names) {
    const rows = await scope.storage.query("SELECT id FROM data_exports WHERE file = ?", [name.replace(/\.part(\.list)?$/, "")]);
    if (rows.length === 0) await rm(join(folder, name), { force: true });
  }
}

async function tell(scope: Scope, parts: ExportParts, db: Transaction, one: DataExport): Promise<void> {
  const now = scope.clock.now();
  const until = new Date(now.getTime() + exportDays * 86_400_000);
  await update(
    db,
    "data_exports",
    { state: "ready", bytes: one.bytes, ready_at: stamp(now), expires_at: stamp(until) },
    { id: one.id },
  );
  const person = await personById(scope.storage, one.accountId);
  if (!person?.email) return;
  const link = await exportLink(db, one, scope.site.url, now);
  const what = scope.blog?.host ?? person.username;
  const { email, language, name } = person;
  await mailLater(parts.mail, db, { to: email, template: "export-ready", language, until, values: { name, what, link } });
}
