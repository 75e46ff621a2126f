import { resolve } from "node:path";
import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import { importById, listImports, type ImportOptions } from "../../host/imports/import-rows.ts";
import { importersOf } from "../../host/imports/importers.ts";
import type { ImportReport, NoteList } from "../../host/imports/report.ts";
import { runImport } from "../../host/imports/run-import.ts";
import { cancelImport, startImport } from "../../host/imports/start-import.ts";
import { undoImport } from "../../host/imports/undo-import.ts";
import type { House } from "../../house.ts";
import { audit } from "../../people/audit.ts";
import { need, needWord, type Command, type Console, type Typed } from "../command.ts";
import { confirm } from "../consent.ts";
import { bar, progress } from "../progress.ts";
import { needBlog, ownerScope, withHouse } from "../with-house.ts";

export const command: Command = {
  summary: "Brings posts in from elsewhere, lists what came in, takes it back.",
  usage: [
    "import KIND FILE --blog ADDRESS [--dry-run] [--yes] [--drafts] [--media]",
    "import list --blog ADDRESS [--json]",
    "import undo ID --blog ADDRESS [--yes]",
  ],
  options: {
    blog: { type: "string" },
    "dry-run": { type: "boolean" },
    yes: { type: "boolean" },
    drafts: { type: "boolean" },
    media: { type: "boolean" },
    json: { type: "boolean" },
  },
  async run(typed, console) {
    const word = needWord(typed, 0, "KIND, list or undo");
    const address = need(typed, "blog");
    if (word !== "list") needWord(typed, 1, word === "undo" ? "ID" : "FILE");
    const work = word === "list" ? list : word === "undo" ? undo : bringIn;
    return withHouse(console, async (house) => {
      const scope = await ownerScope(house, await needBlog(house, address));
      return work(house, scope, typed, console);
    });
  },
};

async function bringIn(house: House, scope: Scope, typed: Typed, console: Console): Promise<number> {
  const kind = await needKind(house, scope, typed.words[0]!);
  const file = resolve(console.cwd, typed.words[1]!);
  const options = { dryRun: typed.is("dry-run"), drafts: typed.is("drafts"), media: typed.is("media") };
  if (!options.dryRun) await confirm(typed, console, `Bring ${file} into ${scope.blog!.url}?`);
  const id = await startImport(scope, { kind, file, options }, false);
  if (!options.dryRun) await note(scope, "import.started", id);
  const { state, report } = await runToEnd(scope, id, console);
  const end = state === "done" && isFetching(options, report) ? await fetchToEnd(house, scope, id, console) : report;
  tell(end, console);
  if (state === "cancelled") console.err("The import was cancelled; what is in stays in.");
  const hasAny = Object.values(end.counts).some((count) => count > 0);
  const undoing = options.dryRun || !hasAny ? "" : `rookery import undo ${id} --blog ${scope.blog!.host} takes it all back.`;
  if (state === "failed") console.err([`The import stopped: ${report.error}`, undoing].join(" ").trim());
  else if (undoing) console.err(undoing);
  console.out(JSON.stringify(end.counts));
  return state === "done" ? 0 : 1;
}

// Ctrl+C ends the import between two batches, in a state that can be undone.
async function runToEnd(scope: Scope, id: string, console: Console) {
  const shown = progress(console);
  const stop = () => void cancelImport(scope, id).catch((error: unknown) => scope.log.error(String(error)));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    return await runImport(scope, id, {
      onProgress: ({ bytes, of, counts }) => shown.step(`${bar(of === 0 ? 1 : bytes / of)}  ${wordsOf(counts)}`),
    });
  } finally {
    shown.end();
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

async function needKind(house: House, scope: Scope, word: string): Promise<string> {
  const ids = [word, `import-${word}`];
  const found = (await house.host.list()).find(({ id }) => ids.includes(id));
  if (!found || !(await isImporter(house, found.id))) {
    const kinds = importersOf(scope).map((one) => one.kind.replace(/^import-/, ""));
    const rest =
      kinds.length > 0 ? `There are: ${kinds.join(", ")}.` : "No import plugin is switched on: see rookery plugin list.";
    throw new PublicError("import.kind", `There is no importer for “${word.slice(0, 40)}”. ${rest}`);
  }
  if (!importersOf(scope).some(({ kind }) => kind === found.id)) {
    const way = `rookery plugin enable ${found.id} --blog ${scope.blog!.host} switches it on.`;
    throw new PublicError("import.off", `The plugin ${found.id} is not switched on for ${scope.blog!.host}: ${way}`);
  }
  return found.id;
}

async function isImporter(house: House, id: string): Promise<boolean> {
  return (await house.host.find(id)).plugin.services?.importer !== undefined;
}

const isFetching = (options: ImportOptions, { media }: ImportReport) =>
  options.media === true && !options.dryRun && media.total > 0;

// A server or worker that runs may be faster; then this only watches. Ended early, it leaves the rest to them.
async function fetchToEnd(house: House, scope: Scope, id: string, console: Console): Promise<ImportReport> {
  const shown = progress(console);
  const stopper = new AbortController();
  const stop = () => stopper.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const { runMediaJobs } = await import("../media-jobs.ts"); // what works on jobs is more than a command needs otherwise
    const end = await runMediaJobs(house, scope, id, {
      signal: stopper.signal,
      onProgress: ({ done, total }) => shown.step(`${bar(total === 0 ? 0 : done / total)}  files fetched: ${done} of ${total}`),
    });
    if (end === "later")
      console.err("Some files are still to come: a running Rookery (rookery start or rookery worker) fetches them.");
    if (end === "stopped")
      console.err("Fetching files ended before all were here: rookery doctor may say why; importing once more fetches the rest.");
  } finally {
    shown.end();
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
  return (await importById(scope, id))!.report!;
}

function tell({ skipped, warnings, files }: ImportReport, console: Console): void {
  tellNotes("Left out", skipped, console);
  tellNotes("Worth a look", warnings, console);
  if (files) tellNotes("Could not be fetched", files.failed, console);
}

function tellNotes(heading: string, { total, notes }: NoteList, console: Console): void {
  if (total === 0) return;
  console.err(`${heading}: ${total}`);
  const most = 20;
  for (const { what, title, why } of notes.slice(0, most)) console.err(`  ${what} “${title}”: ${why}`);
  if (total > most) console.err(`  … and ${total - most} more: see Import in the dashboard.`);
}

const wordsOf = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts)
    .map(([name, number]) => `${number} ${name}`)
    .join(", ");

async function list(_house: House, scope: Scope, typed: Typed, console: Console): Promise<void> {
  const shown = (await listImports(scope)).map((one) => ({
    id: one.id,
    kind: one.kind.replace(/^import-/, ""),
    file: one.file,
    state: one.state,
    isDryRun: one.options.dryRun === true,
    createdAt: one.createdAt,
    finishedAt: one.finishedAt,
    counts: one.report?.counts ?? one.progress.counts,
    ...(one.progress.files && { files: one.progress.files }),
  }));
  if (typed.is("json")) return console.out(JSON.stringify(shown));
  for (const { id, createdAt, kind, state, isDryRun, counts } of shown)
    console.out([id, createdAt, kind, isDryRun ? `${state}, dry run` : state, wordsOf(counts)].join("\t"));
}

async function undo(house: House, scope: Scope, typed: Typed, console: Console): Promise<void> {
  const id = typed.words[1]!;
  const one = await importById(scope, id);
  if (!one)
    throw new PublicError("import.none", `There is no import “${id.slice(0, 40)}” on this blog: rookery import list shows them.`);
  await confirm(typed, console, `Take back everything that came from ${one.file}?`);
  // One whose process died still counts as running: once it is cancelled no batch of it can be stored any more.
  await cancelImport(scope, id);
  const shown = progress(console);
  try {
    const undone = await undoImport(scope, id, house.media, (posts) => shown.step(`${posts} posts taken back`));
    await note(scope, "import.undone", id);
    shown.end();
    console.out(JSON.stringify(undone));
  } finally {
    shown.end();
  }
}

async function note(scope: Scope, action: string, subject: string): Promise<void> {
  const by = { accountId: scope.principal.accountId, blogId: scope.blog!.id, via: "cli" };
  await scope.storage.write((db) => audit(db, { action, subject, ...by }, scope.clock.now()));
}
