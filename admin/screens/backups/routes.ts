import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { askForBackup, backupPath, backupsKept, backupWork, keptBackups } from "../../../core/backup/kept-backups.ts";
import { PublicError } from "../../../core/errors.ts";
import { requireFresh } from "../../require-fresh.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { noteAct } from "../people/audited.ts";

/** Backups of the whole installation that are made from here, to be downloaded. */
export const backupScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/backups", access: "admin", run: list },
  { method: "POST", path: "/admin/backups", access: "admin", run: make },
  { method: "GET", path: "/admin/backups/:file", access: "admin", run: fetch },
];

async function list(request: AdminRequest) {
  const { house, t } = request;
  const work = await backupWork(house.storage);
  const data = {
    backups: await keptBackups(house.settings.dataFolder),
    isWaiting: work.state === "waiting",
    problem: work.state === "failed" ? work.why : null,
    kept: backupsKept,
    mediaElsewhere: house.settings.mediaUrl !== null,
  };
  return request.html("screens/backups/list", t("health.backups"), data);
}

async function make(request: AdminRequest) {
  const { house, t, scope } = request;
  await house.storage.write(async (db) => {
    await askForBackup(scope, db);
    await noteAct(request, db, { action: "backup.asked", subject: "installation" });
  });
  return request.redirect("/admin/backups", t("health.backup-asked"));
}

// It holds everything, the installation's secret too: whoever takes it away proves who they are.
async function fetch(request: AdminRequest) {
  const { house, params } = request;
  const name = params.file ?? "";
  const path = backupPath(house.settings.dataFolder, name);
  const facts = path === null ? null : await stat(path).catch(() => null);
  if (path === null || !facts?.isFile()) throw new PublicError("backup.unknown", "There is no such backup on this machine.", 404);
  const ask = await requireFresh(request);
  if (ask) return ask;
  await house.storage.write((db) => noteAct(request, db, { action: "backup.fetched", subject: name }));
  const headers = {
    "content-type": "application/x-tar",
    "content-length": String(facts.size),
    "content-disposition": `attachment; filename="${name}"`,
    "cache-control": "no-store",
  };
  return { status: 200, headers, stream: createReadStream(path) };
}
