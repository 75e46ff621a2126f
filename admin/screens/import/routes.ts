import { existsSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { PublicError, sentenceOf } from "../../../core/errors.ts";
import { detectImporter, importersOf, importFile } from "../../../core/host/imports/importers.ts";
import { importById, listImports, type Import } from "../../../core/host/imports/import-rows.ts";
import { fetchingOf } from "../../../core/host/imports/fetching.ts";
import { cancelImport, startImport } from "../../../core/host/imports/start-import.ts";
import { importFolder } from "../../../core/host/imports/uploads.ts";
import { undoImport } from "../../../core/host/imports/undo-import.ts";
import type { ImportNote } from "../../../core/host/services.types.ts";
import { isUlid, randomName } from "../../../core/ids.ts";
import { audit } from "../../../core/people/audit.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { importerFor, importWords } from "../../plugin-words.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";
import { refusedBy } from "../signin/ways.ts";

/** Bringing content in: upload, look first, start, watch, undo. */
export const importScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/import", access: "member", run: show },
  { method: "POST", path: "/b/:blog/import", access: "member", run: upload },
  { method: "GET", path: "/b/:blog/import/:id", access: "member", run: watch },
  { method: "POST", path: "/b/:blog/import/:id/start", access: "member", run: start },
  { method: "POST", path: "/b/:blog/import/:id/cancel", access: "member", run: cancel },
  { method: "POST", path: "/b/:blog/import/:id/undo", access: "member", run: undo },
];

function show(request: AdminRequest) {
  return page(request);
}

async function upload(request: AdminRequest) {
  const place = await onBlog(request, "blog.manage");
  const { files } = await request.form();
  const [file] = files;
  if (!file) return page(request, request.t("import.no-file"));
  const folder = importFolder(request.house.settings.dataFolder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = join(
    folder,
    randomName() + (/^\.[a-z0-9]{1,8}$/i.test(extname(file.name)) ? extname(file.name).toLowerCase() : ""),
  );
  await copyFile(file.path, kept);
  const found = await detectImporter(place.scope, await importFile(kept));
  if (!found) {
    await rm(kept, { force: true });
    return page(request, request.t("import.unknown-kind", { name: file.name }));
  }
  const id = await startImport(place.scope, { kind: found.kind, file: kept, options: { dryRun: true } }, true);
  return request.redirect(place.at(`/import/${id}`));
}

async function watch(request: AdminRequest) {
  const { place, one } = await importOf(request);
  const fetching = await fetchingOf(place.scope, one);
  const isFetching = fetching === "running";
  const canCancel = isFetching || ["waiting", "running"].includes(one.state);
  const isRunning = canCancel || one.state === "undoing";
  const say = importWords(request, one.kind);
  const counts = Object.entries(one.report?.counts ?? one.progress.counts).map(([name, number]) => ({
    name: say(`importer.counts.${name}`, name),
    number,
  }));
  const data = {
    one,
    isRunning,
    isFetching,
    isStopped: fetching === "stopped",
    canCancel,
    counts,
    whyOf: (note: ImportNote) => whyOf(request, one.kind, note),
    filesLine: filesLine(request, one),
    at: place.at(`/import/${one.id}`),
    state: request.t(`import.state-${one.state}`),
    percent: percentOf(isFetching ? filesOf(one) : { done: one.progress.bytes, total: one.progress.of }),
    canStart: one.options.dryRun === true && one.state === "done" && existsSync(one.file),
    canUndo: !one.options.dryRun && ["done", "failed", "cancelled", "undoing"].includes(one.state),
  };
  const title = one.options.dryRun ? request.t("import.report") : request.t("import.run");
  return request.html("screens/import/watch", title, data, { blog: place.blog });
}

// In the reader's language where the note says by which key; older ones have their English sentence alone.
function whyOf(request: AdminRequest, kind: string, { why, key, values }: ImportNote): string {
  return key === undefined ? why : refusedBy(request, kind, new PublicError(key, why, 422, values));
}

function filesOf({ progress }: Import): { done: number; total: number } {
  return progress.files ?? { done: 0, total: 0 };
}

function filesLine({ t }: AdminRequest, one: Import): string {
  const { done, total } = filesOf(one);
  return total > 0 ? t("import.files", { done, total }) : "";
}

function percentOf({ done, total }: { done: number; total: number }): number {
  return total === 0 ? 0 : Math.min(100, Math.round((100 * done) / total));
}

async function start(request: AdminRequest) {
  const { place, one } = await importOf(request);
  const { fields } = await request.form();
  if (!existsSync(one.file)) throw new PublicError("import.file-gone", request.t("import.file-gone"), 410);
  const options = { drafts: fields.get("status") === "drafts", media: fields.has("media") };
  const id = await startImport(place.scope, { kind: one.kind, file: one.file, options }, true);
  await note(place, "import.started", id);
  return request.redirect(place.at(`/import/${id}`));
}

async function cancel(request: AdminRequest) {
  const { place, one } = await importOf(request);
  await cancelImport(place.scope, one.id);
  await note(place, "import.cancelled", one.id);
  return request.redirect(place.at(`/import/${one.id}`), request.t("import.cancelled"));
}

async function undo(request: AdminRequest) {
  const { place, one } = await importOf(request);
  if (["waiting", "running"].includes(one.state)) throw new PublicError("import.running", request.t("import.still-running"), 409);
  await note(place, "import.undone", one.id);
  // Thousands of posts take a while: the page shows how far it is; after a crash the button goes on where it was.
  undoImport(place.scope, one.id, request.house.media).catch((error: unknown) =>
    request.house.log.error(`The import ${one.id} could not be undone: ${sentenceOf(error)}`),
  );
  return request.redirect(place.at(`/import/${one.id}`), request.t("import.undoing"));
}

async function page(request: AdminRequest, problem?: string) {
  const place = await onBlog(request, "blog.manage");
  const importers = importersOf(place.scope).map((one) => importerFor(request, one));
  const runs = (await listImports(place.scope)).map((one) => ({
    ...one,
    kind: importWords(request, one.kind)("importer.label", one.kind),
    word: request.t(`import.state-${one.state}`),
  }));
  const data = { importers, runs, errors: problem ? { file: problem } : undefined, at: place.at("/import") };
  return request.html("screens/import/import", request.t("import.title"), data, {
    blog: place.blog,
    status: problem ? 422 : 200,
  });
}

async function importOf(request: AdminRequest): Promise<{ place: OnBlog; one: Import }> {
  const place = await onBlog(request, "blog.manage");
  const id = request.params.id ?? "";
  const one = isUlid(id) ? await importById(place.scope, id) : null;
  if (!one) throw new PublicError("import.none", request.t("import.none"), 404);
  return { place, one };
}

async function note({ scope, blog }: OnBlog, action: string, subject: string): Promise<void> {
  const by = { accountId: scope.principal.accountId, blogId: blog.id, via: "web", address: scope.address };
  await scope.storage.write((db) => audit(db, { action, subject, ...by }, scope.clock.now()));
}
