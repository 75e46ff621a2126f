import { stamp } from "../../clock.ts";
import { PublicError, sentenceOf } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { importFile, needImporter } from "./importers.ts";
import { importById, importScope, type Import } from "./import-rows.ts";
import { mediaJobFor } from "./media-job.ts";
import { followMoves } from "./old-links.ts";
import { ImportRun } from "./import-run.ts";
import type { ImportProgress, ImportReport, ImportState } from "./report.ts";
import { ImportStopped } from "./store-batch.ts";

/** How an import is run. */
export type RunOptions = {
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops between two batches; the import stays "running" and goes on where it was when it is run again. */
  readonly signal?: AbortSignal;
};

/** What became of an import. */
export type ImportOutcome = { readonly state: ImportState; readonly report: ImportReport };

/**
 * Runs an import to its end, or goes on after a crash: what is in already is passed by. A file that cannot be read ends in
 * state `failed` with a sentence in `report.error`; trouble with storing is thrown, so that a worker tries again.
 */
export async function runImport(scope: Scope, id: string, options: RunOptions = {}): Promise<ImportOutcome> {
  const one = await importById(scope, id);
  if (!one) throw new PublicError("import.none", "There is no such import.", 404);
  if (!(await begin(scope, id))) return { state: one.state, report: one.report ?? empty };
  const own = importScope(scope, one);
  const run = await ImportRun.open(own, one, options.onProgress ?? (() => undefined));
  try {
    const file = await importFile(one.file);
    const { importer } = needImporter(own, one.kind);
    await importer.run(file, run, options.signal ?? new AbortController().signal);
    await run.flush();
    if (run.tally.namesItself && !one.options.dryRun) await followLinks(own, one, run, options.signal);
  } catch (error) {
    if (error instanceof ImportStopped) return cancelled(scope, one, run.tally.report());
    if (error === run.failure || options.signal?.aborted) throw error;
    return end(own, one, "failed", run.tally.report(sentenceOf(error)));
  }
  return end(own, one, "done", run.tally.report());
}

async function followLinks(scope: Scope, one: Import, run: ImportRun, signal?: AbortSignal): Promise<void> {
  try {
    const count = await followMoves(scope, { importId: one.id, hosts: run.tally.siteHosts }, signal);
    if (count > 0) run.tally.add("links between posts", count);
  } catch (error) {
    run.failure = error; // not the file's fault either
    throw error;
  }
}

const empty: ImportReport = {
  counts: {},
  skipped: { total: 0, notes: [] },
  warnings: { total: 0, notes: [] },
  media: { total: 0, files: [] },
  mediaHosts: [],
  error: "",
};

async function begin(scope: Scope, id: string): Promise<boolean> {
  return scope.storage.write(async (db) => {
    await db.run("UPDATE imports SET state = 'running' WHERE id = ? AND state = 'waiting'", [id]);
    return (await db.query("SELECT id FROM imports WHERE id = ? AND state = 'running'", [id])).length > 0;
  });
}

async function end(scope: Scope, one: Import, state: "done" | "failed", report: ImportReport): Promise<ImportOutcome> {
  const now = scope.clock.now();
  const bytes = state === "done" ? one.progress.of : one.progress.bytes;
  const progress = { bytes, of: one.progress.of, counts: report.counts };
  const fetches = state === "done" && one.options.media === true && !one.options.dryRun && report.media.total > 0;
  await scope.storage.write(async (db) => {
    const sql = "UPDATE imports SET state = ?, report = ?, progress = ?, finished_at = ? WHERE id = ? AND state = 'running'";
    const values = [state, JSON.stringify(report), JSON.stringify(progress), stamp(now), one.id];
    if ((await db.run(sql, values)) > 0 && fetches)
      await enqueue(db, mediaJobFor(one, { step: "look", after: "", tries: 0 }, now));
  });
  if (state === "done" && !one.options.dryRun)
    await scope.taps.event(scope, "import.finished", { importId: one.id, kind: one.kind, counts: report.counts });
  return { state, report };
}

async function cancelled(scope: Scope, one: Import, report: ImportReport): Promise<ImportOutcome> {
  const sql = "UPDATE imports SET report = ? WHERE id = ? AND state = 'cancelled'";
  await scope.storage.write((db) => db.run(sql, [JSON.stringify(report), one.id]));
  return { state: "cancelled", report };
}
