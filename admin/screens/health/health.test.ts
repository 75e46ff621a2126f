import test from "ava";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runDue } from "../../../core/jobs/worker.ts";
import { enqueue } from "../../../core/jobs/enqueue.ts";
import { workerOptions } from "../../../core/start.ts";
import { openDashboard, setUp } from "../../testing.ts";
import { growOld } from "../signin/people.testing.ts";

async function open(t: Parameters<typeof openDashboard>[0]) {
  const parts = await openDashboard(t);
  await setUp(parts);
  await parts.browser.get("/admin");
  const work = () => runDue(workerOptions(parts.house, new AbortController().signal));
  return { ...parts, work };
}

test("each thing is looked at by itself, and leads to its remedy", async (t) => {
  const { browser, house } = await open(t);
  const media = join(house.settings.dataFolder, "media");
  rmSync(media, { recursive: true, force: true });
  writeFileSync(media, "in the way");
  await browser.post("/b/kim.localhost/settings/domain", { domain: "birds.example" });

  const page = await browser.get("/admin");

  t.is(page.status, 200);
  for (const name of [
    "Version",
    "Database",
    "Disk",
    "Backups",
    "Queue",
    "Failed jobs",
    "Plugins",
    "Mail",
    "Address",
    "Domains",
    "Sign-ups",
  ])
    t.true(page.text.includes(`<strong>${name}</strong>`), name);
  t.regex(page.text, /<li class="bad"><strong>Pictures and files/);
  t.regex(page.text, /One domain waits to be proven: birds\.example/);
  for (const way of ["/admin/backups", "/admin/mail", "/admin/settings/storage", "/b/kim.localhost/settings/domain"])
    t.true(page.text.includes(`href="${way}"`), way);
  t.notRegex(page.text, /All is well/);
});

test("a backup is asked for, made by the worker and downloaded by an admin who proves who they are", async (t) => {
  const { browser, house, work } = await open(t);
  t.regex((await browser.get("/admin")).text, /None was made yet/);
  t.is((await browser.post("/admin/backups", {})).location, "/admin/backups");
  t.regex((await browser.get("/admin/backups")).text, /data-running="yes"/);
  await work();

  const page = (await browser.get("/admin/backups")).text;
  const file = /href="(\/admin\/backups\/rookery-[^"]+\.tar)"/.exec(page)![1]!;
  const got = await browser.get(file);
  t.is(got.status, 200);
  t.regex(got.text, /rookery-backup-1/);
  t.regex((await browser.get("/admin")).text, /The last one was made on/);
  await growOld(house);
  t.is((await browser.get(file)).status, 403);
  for (const name of ["nothing.tar", "..%2Fsecret", "rookery-2026-01-01T00-00-00Z.tar"])
    t.is((await browser.get(`/admin/backups/${name}`)).status, 404, name);
});

test("jobs show what they carry without secrets, and come back to the list they were in", async (t) => {
  const { browser, house } = await open(t);
  const job = { pluginId: "core", name: "mail", blogId: null, runAt: new Date(Date.now() + 3600_000) };
  await house.storage.write((db) => enqueue(db, { ...job, data: { mailId: "01JD", token: "hush", file: "a.txt" } }));

  const page = (await browser.get("/admin/jobs")).text;
  t.regex(page, /file: a\.txt/);
  t.notRegex(page, /hush/);
  const [row] = await house.storage.query<{ id: string }>("SELECT id FROM jobs WHERE name = 'mail'");
  t.is((await browser.post(`/admin/jobs/${row!.id}/cancel`, { state: "waiting" })).location, "/admin/jobs?state=waiting");
  t.is((await browser.post(`/admin/jobs/${row!.id}/cancel`, { state: "waiting" })).status, 404);
});
