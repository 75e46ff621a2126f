import test from "ava";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FolderStore } from "./store.ts";

test("a file goes into the folder whole, is read in part, and a name that leads out of it is refused", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "rookery-store-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "upload");
  const bytes = Buffer.alloc(300_000, "heron");
  writeFileSync(path, bytes);
  const store = new FolderStore(join(folder, "media"));

  await store.putFile("2026/film.mp4", path);

  t.deepEqual(Buffer.concat(await (await store.read("2026/film.mp4"))!.toArray()), bytes);
  t.is(Buffer.concat(await (await store.read("2026/film.mp4", { from: 5, until: 9 }))!.toArray()).toString(), "heron");
  t.deepEqual(await Array.fromAsync(store.list()), [{ name: "2026/film.mp4", bytes: bytes.length }]);
  await t.throwsAsync(store.putFile("../film.mp4", path), { message: /not a name/ });
  await t.throwsAsync(store.putFile("2026/none.mp4", join(folder, "none")), { code: "ENOENT" });
  t.is(await store.read("2026/none.mp4"), null);
});
