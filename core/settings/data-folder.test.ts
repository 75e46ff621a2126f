import test from "ava";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockDataFolder, prepareDataFolder } from "./data-folder.ts";

function folder(t: { teardown(work: () => unknown): void }): string {
  const path = mkdtempSync(join(tmpdir(), "rookery-folder-"));
  t.teardown(() => rmSync(path, { recursive: true, force: true }));
  return join(path, "data");
}

test("a missing data folder is made, for this user alone", (t) => {
  const path = folder(t);

  prepareDataFolder(path);

  t.is(statSync(path).mode & 0o777, 0o700);
  t.true(statSync(join(path, "themes")).isDirectory());
});

test("a file in the place of the folder is refused in one sentence", (t) => {
  const path = folder(t);
  writeFileSync(path, "");

  t.throws(() => prepareDataFolder(path), { name: "PublicError", message: /data folder .*ROOKERY_DATA/ });
});

if (existsSync("/proc/self"))
  test("a place where no folder can be is refused in one sentence, not waited for", (t) => {
    t.throws(() => prepareDataFolder("/proc/x"), {
      name: "PublicError",
      message: /data folder \/proc\/x cannot be written.*ROOKERY_DATA/,
    });
    t.throws(() => prepareDataFolder("/proc/x/data"), { name: "PublicError" });
  });

test("a folder with missing ones above it is made; a link into nowhere is refused", (t) => {
  const path = folder(t);

  prepareDataFolder(join(path, "deep/er"));
  symlinkSync(join(path, "nowhere"), join(path, "link"));

  t.true(statSync(join(path, "deep/er/media")).isDirectory());
  t.throws(() => prepareDataFolder(join(path, "link")), { name: "PublicError" });
});

test("a second start is refused with the process that has the folder, and works after that one let go", (t) => {
  const path = folder(t);
  const first = lockDataFolder(path, "start");

  t.throws(() => lockDataFolder(path, "start"), { message: new RegExp(`in use by rookery start \\(process ${process.pid}\\)`) });

  first.release();
  t.notThrows(() => lockDataFolder(path, "start").release());
});

test("web and worker stand side by side, but not beside start", (t) => {
  const path = folder(t);
  const web = lockDataFolder(path, "web");
  const worker = lockDataFolder(path, "worker");

  t.throws(() => lockDataFolder(path, "start"), { message: /rookery web/ });
  web.release();
  t.throws(() => lockDataFolder(path, "start"), { message: /rookery worker/ });
  worker.release();

  lockDataFolder(path, "start").release();
});

test("a refused start leaves nothing locked", (t) => {
  const path = folder(t);
  const worker = lockDataFolder(path, "worker");
  t.throws(() => lockDataFolder(path, "start"));

  const web = lockDataFolder(path, "web");

  web.release();
  worker.release();
});

test("the hold ends with a process that is killed", async (t) => {
  const path = folder(t);
  const module = new URL("./data-folder.ts", import.meta.url).href;
  const code = `const { lockDataFolder } = await import(${JSON.stringify(module)});
    globalThis.hold = lockDataFolder(${JSON.stringify(path)}, "start"); console.log("held"); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  t.throws(() => lockDataFolder(path, "web"), { message: new RegExp(`process ${child.pid}`) });

  child.kill("SIGKILL");
  await once(child, "exit");

  t.notThrows(() => lockDataFolder(path, "start").release());
});
