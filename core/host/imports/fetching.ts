import { blogOf, type Scope } from "../../hooks/scope.ts";
import { update } from "../../storage/rows.ts";
import { importById, type Import } from "./import-rows.ts";
import { mediaJob, mediaStepOf } from "./media-job.ts";
import type { FilesReport, ImportProgress, ImportReport } from "./report.ts";

/** Whether files of an import still come: `stopped` when some are missing and nothing is going to fetch them by itself. */
export type Fetching = "none" | "running" | "stopped";

/** How the fetching of an import's files stands. */
export async function fetchingOf(scope: Scope, one: Import): Promise<Fetching> {
  if (one.report?.files?.isStopped) return "stopped";
  if (!isWanting(one)) return "none";
  const sql = "SELECT data FROM jobs WHERE plugin_id = 'core' AND name = ? AND blog_id = ? AND state <> 'dead'";
  const jobs = await scope.storage.query(sql, [mediaJob, blogOf(scope).id]);
  if (jobs.some(({ data }) => mediaStepOf(JSON.parse(String(data))).importId === one.id)) return "running";
  // The last of it may have been done since `one` was read.
  const now = await importById(scope, one.id);
  return now && isWanting(now) ? "stopped" : "none";
}

/** Ends the fetching of an import's files; those that are here stay. False when nothing was fetched any more. */
export async function stopFetching(scope: Scope, id: string): Promise<boolean> {
  return scope.storage.write(async (db) => {
    const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
    const sql = `SELECT state, options, progress, report FROM imports WHERE id = ? AND blog_id = ?${lock}`;
    const [row] = await db.query(sql, [id, blogOf(scope).id]);
    if (!row?.report) return false;
    const report = JSON.parse(String(row.report)) as ImportReport;
    const options = JSON.parse(String(row.options)) as Import["options"];
    if (!isWanting({ state: row.state as Import["state"], options, report })) return false;
    const progress = JSON.parse(String(row.progress)) as ImportProgress;
    const { done, total } = progress.files ?? { done: 0, total: 0 };
    const before = report.files ?? { done, total, failed: { total: 0, notes: [] } };
    const files: FilesReport = { ...before, isFinished: true, isStopped: true };
    const set = {
      report: JSON.stringify({ ...report, files }),
      // What fetches looks here before it stores anything.
      progress: JSON.stringify({ ...progress, files: { done, total, isStopped: true } }),
    };
    await update(db, "imports", set, { id });
    return true;
  });
}

function isWanting({ state, options, report }: Pick<Import, "state" | "options" | "report">): boolean {
  const isAsked = state === "done" && options.media === true && options.dryRun !== true;
  return isAsked && (report?.media.total ?? 0) > 0 && report?.files?.isFinished !== true;
}
