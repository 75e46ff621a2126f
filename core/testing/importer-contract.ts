import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestFn } from "ava";
import { importById } from "../host/imports/import-rows.ts";
import { needImporter } from "../host/imports/importers.ts";
import { runImport } from "../host/imports/run-import.ts";
import { cancelImport, startImport } from "../host/imports/start-import.ts";
import { undoImport } from "../host/imports/undo-import.ts";
import { load, open, type ContractOptions } from "./contract/contract-host.ts";
import type { TestHost } from "./test-host.ts";

/** A file that the importer reads, and what comes in with it. */
export type ImporterContractOptions = ContractOptions & {
  /** A sound file, with its ending. */
  readonly file: { readonly name: string; readonly bytes: string | Uint8Array };
  /** How many posts (pages among them) are in it; at least 2. */
  readonly posts: number;
  /** Files of this format that somebody hostile would send, beside those every importer gets. */
  readonly hostile?: Readonly<Record<string, string | Uint8Array>>;
};

/**
 * What every importer keeps, as tests: it knows its files; a dry run stores nothing and counts what a run then brings in; a second
 * run skips all of it; it goes on after a crash without doubles; it can be cancelled and undone; and a broken or hostile file ends
 * with a sentence.
 * @since 1
 */
export function importerContract(test: TestFn, folder: string, options: ImporterContractOptions): void {
  const id = folder.replace(/\/+$/, "").split("/").at(-1)!;
  const bytes = Buffer.from(options.file.bytes as string);

  test(`${id}: it says what it brings and knows its own files`, async (t) => {
    const { importer } = await begun(await opened(t, folder, options), folder, options);
    t.not(importer.label.trim(), "");
    t.not(importer.help.trim(), "");
    t.true(importer.accepts.every((ending) => /^\.\w+$/.test(ending)) && importer.accepts.length > 0, "endings with a dot");
    t.true(
      importer.accepts.some((ending) => options.file.name.endsWith(ending)),
      "the sample has one of them",
    );
    t.true(importer.detect(bytes.subarray(0, 4096).toString()), "it knows the sample by its head");
    for (const other of ["", "\u0000\u0001\u0002", "plain words", "%PDF-1.7"])
      t.false(importer.detect(other), `“${other}” is no such file`);
  });

  test(`${id}: a dry run stores nothing; a run brings in what it counted; a second one skips all of it; undo takes it back`, async (t) => {
    const host = await opened(t, folder, options);
    const run = await begun(host, folder, options);

    const dry = await run.once({ dryRun: true });
    t.is(dry.state, "done", dry.report.error);
    t.is(await stored(host), 0, "a dry run stores nothing");
    const first = await run.once();
    t.is(first.state, "done", first.report.error);
    t.is(await stored(host), options.posts);
    t.is(first.report.counts.posts, dry.report.counts.posts, "the dry run counted what came in");
    const second = await run.once();
    t.is(second.state, "done", second.report.error);
    t.is(await stored(host), options.posts, "a second run doubles nothing");
    t.true((second.report.counts.duplicates ?? 0) >= options.posts, "and counts what it skipped");

    await undoImport(host.scope(), run.ids[1]!, null);
    t.is(await stored(host), 0, "undo takes back what came in");
    t.deepEqual(host.failures(), []);
  });

  test(`${id}: stopped in the middle it goes on without doubles; cancelled it brings in no more`, async (t) => {
    const host = await opened(t, folder, options);
    const run = await begun(host, folder, options);
    const importId = await run.start();
    const gone = new AbortController();
    gone.abort(new Error("the process ends"));
    await runImport(host.scope(), importId, { signal: gone.signal }).catch(() => undefined);
    const { state } = await runImport(host.scope(), importId);
    t.is(state, "done");
    t.is(await stored(host), options.posts);
    await undoImport(host.scope(), importId, null);

    const cancelled = await run.start();
    t.true(await cancelImport(host.scope(), cancelled));
    await runImport(host.scope(), cancelled);
    t.is((await importById(host.scope(), cancelled))?.state, "cancelled");
    t.is(await stored(host), 0, "nothing comes in after Cancel");
  });

  test(`${id}: a broken or hostile file ends with what is in it, or a sentence, never with a crash`, async (t) => {
    const host = await opened(t, folder, options);
    const run = await begun(host, folder, options);
    const files: Record<string, string | Uint8Array> = {
      empty: "",
      "bytes of nothing": Uint8Array.from({ length: 5000 }, (_, at) => (at * 7919) % 256),
      "cut in half": bytes.subarray(0, bytes.length >> 1),
      "cut after ten bytes": bytes.subarray(0, 10),
      "one line of two megabytes": "a".repeat(2_000_000),
      "NUL bytes": Buffer.alloc(4096),
      entities: `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${"b".repeat(50)}"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>`,
      "a thousand levels": `${"<a>".repeat(1000)}${"[".repeat(100_000)}`,
      ...options.hostile,
    };
    for (const [name, content] of Object.entries(files)) {
      const { state, report } = await run.once({}, content);
      t.true(state === "done" || state === "failed", `${name}: ${state}`);
      if (state === "failed") t.regex(report.error, /^.{3,300}$/s, `${name}: a sentence says why`);
    }
    t.is((await host.get("/")).status, 200);
  });
}

function opened(t: Parameters<typeof open>[0], folder: string, options: ImporterContractOptions): Promise<TestHost> {
  return open(t, folder, options, { allowUnexpected: true });
}

async function begun(host: TestHost, folder: string, options: ImporterContractOptions) {
  const { plugin } = await load(folder);
  await host.house.host.enable(plugin.id);
  const { kind, importer } = needImporter(host.scope(), plugin.id.replace(/^import-/, ""));
  const ids: string[] = [];
  const start = async (choices: { dryRun?: boolean } = {}, content: string | Uint8Array = options.file.bytes) => {
    const file = join(host.folder, `${ids.length}-${options.file.name}`);
    writeFileSync(file, content);
    const importId = await startImport(host.scope(), { kind, file, options: choices }, false);
    ids.push(importId);
    return importId;
  };
  const once = async (choices: { dryRun?: boolean } = {}, content?: string | Uint8Array) =>
    runImport(host.scope(), await start(choices, content));
  return { importer, ids, start, once };
}

async function stored(host: TestHost): Promise<number> {
  const [row] = await host.house.storage.query("SELECT COUNT(*) AS number FROM posts WHERE blog_id = ?", [host.blog.id]);
  return Number(row!.number);
}
