import test, { type ExecutionContext } from "ava";
import { existsSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTestHost } from "../../testing.ts";
import { importLines } from "./import-lines.testing.ts";
import { cancelImport, startImport } from "./start-import.ts";
import { importFolder } from "./uploads.ts";

async function open(t: ExecutionContext) {
  const host = await createTestHost(t, { plugins: [importLines() as never] });
  const folder = importFolder(host.folder);
  mkdirSync(folder);
  const upload = (place: string, name = "posts.jsonl") => {
    const file = join(place, name);
    writeFileSync(file, JSON.stringify({ post: { sourceId: "1", draft: { content: "Text" } } }));
    return file;
  };
  const start = (file: string, dryRun = false) => startImport(host.scope(), { kind: "lines", file, options: { dryRun } }, true);
  return { host, folder, upload, start };
}

test("an uploaded file stays after a look and goes when its import has ended", async (t) => {
  const { host, folder, upload, start } = await open(t);
  const file = upload(folder);

  await start(file, true);
  await host.runJobs();
  t.true(existsSync(file));
  await start(file);
  await host.runJobs();

  t.false(existsSync(file));
});

test("an uploaded file goes with its cancelled import, a file of somebody's own never", async (t) => {
  const { host, folder, upload, start } = await open(t);
  const [file, own] = [upload(folder), upload(host.folder)];

  const id = await start(file);
  await start(own);
  await cancelImport(host.scope(), id);
  await host.runJobs();

  t.false(existsSync(file));
  t.true(existsSync(own));
});

test("files uploaded seven days ago that nobody came back for are removed", async (t) => {
  const { host, folder, upload } = await open(t);
  const [old, fresh] = [upload(folder, "old.xml"), upload(folder, "fresh.xml")];
  const daysAgo = (days: number) => host.clock.now().getTime() / 1000 - days * 86_400;
  utimesSync(old, daysAgo(8), daysAgo(8));
  utimesSync(fresh, daysAgo(6), daysAgo(6));

  await host.runJobs();
  host.clock.advance({ hours: 7 });
  await host.runJobs();

  t.false(existsSync(old));
  t.true(existsSync(fresh));
});
