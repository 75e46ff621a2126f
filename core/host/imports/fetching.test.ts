import test from "ava";
import { join } from "node:path";
import { listMedia } from "../../media/library.ts";
import { postByPath } from "../../posts/read.ts";
import { databases } from "../../storage/testing.ts";
import type { TestHost } from "../../testing.ts";
import { fetchingOf } from "./fetching.ts";
import { importById, type ImportOptions } from "./import-rows.ts";
import { bringIn, fileOf, jpeg, oldSite, postOf } from "./old-site.testing.ts";
import { cancelImport, startImport } from "./start-import.ts";
import { undoImport } from "./undo-import.ts";

const picture = (url: string) => `<img src="${url}" alt="">`;

async function again(host: TestHost, options: ImportOptions) {
  const scope = host.scope();
  const id = await startImport(scope, { kind: "lines", file: join(host.folder, "posts.jsonl"), options }, true);
  await host.runJobs();
  return { id, report: (await importById(scope, id))!.report! };
}

for (const dialect of databases) {
  test(`${dialect}: a second run fetches what posts of an earlier one still show from the old site; undoing it leaves them whole`, async (t) => {
    let isUp = false;
    const site = await oldSite(t, { "/b.jpg": (_, response) => void response.writeHead(isUp ? 200 : 404).end(isUp ? jpeg : "") });
    const [a, b] = [`${site.url}/a.jpg`, `${site.url}/b.jpg`];
    const lines = [postOf(1, { content: picture(a) + picture(b) }), fileOf(a), fileOf(b)];
    const { host, scope, id } = await bringIn(t, lines, dialect);
    await host.runJobs();
    t.like((await importById(scope, id))!.report!.files, { total: 2, done: 2, failed: { total: 1 } });

    isUp = true;
    const second = await again(host, { media: true });

    t.like(second.report, { counts: { duplicates: 1, "files fetched": 1 }, files: { total: 1, done: 1, isFinished: true } });
    t.deepEqual(site.asked, ["/a.jpg", "/b.jpg", "/b.jpg"]);
    const post = async () => (await postByPath(scope, "/2020/05/01/post-1"))!;
    t.false((await post()).source.includes(site.url));
    t.is((await listMedia(scope)).length, 2);

    t.like(await undoImport(scope, second.id, host.house.media), { posts: 0, media: 0 });
    for (const [, address] of (await post()).html.matchAll(/src="([^"]+)"/g))
      t.is((await host.get(new URL(address!).pathname)).status, 200);
    t.like(await undoImport(scope, id, host.house.media), { posts: 1, media: 2 });
    t.deepEqual(await listMedia(scope), []);
    t.deepEqual(await scope.storage.query("SELECT * FROM import_items"), []);
  });
}

test("a second run with files fetches what a first one without them left where it was; one without them fetches nothing", async (t) => {
  const site = await oldSite(t);
  const [a, b] = [`${site.url}/a.jpg`, `${site.url}/b.jpg`];
  const lines = [postOf(1, { content: picture(a) }), postOf(2, { content: picture(b) }), fileOf(a), fileOf(b)];
  const { host, scope, id } = await bringIn(t, lines);
  await scope.storage.write((db) => db.run("UPDATE imports SET options = '{}' WHERE id = ?", [id]));
  await host.runJobs();
  t.deepEqual(site.asked, []);

  await again(host, {});
  t.deepEqual(site.asked, []);
  const { report } = await again(host, { media: true });

  t.like(report.counts, { duplicates: 2, "files fetched": 2 });
  t.is((await again(host, { media: true })).report.counts["files fetched"], undefined);
  t.deepEqual(site.asked.toSorted(), ["/a.jpg", "/b.jpg"]);
});

test("cancelling while files are fetched ends that for good; what is here stays, and a second run brings the rest", async (t) => {
  let isUp = false;
  const site = await oldSite(t, { "/b.jpg": (_, response) => void response.writeHead(isUp ? 200 : 503).end(isUp ? jpeg : "") });
  const [a, b] = [`${site.url}/a.jpg`, `${site.url}/b.jpg`];
  const { host, scope, id } = await bringIn(t, [postOf(1, { content: picture(a) + picture(b) }), fileOf(a), fileOf(b)]);
  await host.runJobs();
  const now = async () => (await importById(scope, id))!;
  t.is(await fetchingOf(scope, await now()), "running");

  t.true(await cancelImport(scope, id));
  t.false(await cancelImport(scope, id));
  isUp = true;
  host.clock.advance({ hours: 1 });
  await host.runJobs();

  t.is(await fetchingOf(scope, await now()), "stopped");
  t.like((await now()).report!.files, { done: 1, total: 2, isFinished: true, isStopped: true });
  t.is(site.asked.filter((path) => path === "/b.jpg").length, 1);
  t.is((await listMedia(scope)).length, 1);
  t.like((await again(host, { media: true })).report.counts, { "files fetched": 1 });
  t.is((await listMedia(scope)).length, 2);
});

test("cancelling in the middle of a page lets no further file in", async (t) => {
  const site = await oldSite(t);
  const names = [1, 2, 3].map((number) => `${site.url}/${number}.jpg`);
  const { host, scope, id } = await bringIn(t, [postOf(1, { content: names.map(picture).join("") }), ...names.map(fileOf)]);
  const { fetch } = host.house;
  const cancelling = async (url: string, init: object) => {
    if (url.endsWith("/2.jpg")) await cancelImport(scope, id);
    return fetch(url, init);
  };
  Object.assign(host.house, { fetch: cancelling });

  await host.runJobs();

  t.is((await listMedia(scope)).length, 1);
  t.is(site.asked.includes("/3.jpg"), false);
  t.is(await fetchingOf(scope, (await importById(scope, id))!), "stopped");
});

test("when the job that fetches has died, nothing says any more that files are on their way", async (t) => {
  const site = await oldSite(t);
  const url = `${site.url}/a.jpg`;
  const { host, scope, id } = await bringIn(t, [postOf(1, { content: picture(url) }), fileOf(url)]);
  const { fetch } = host.house;
  Object.assign(host.house, {
    fetch: () => {
      throw new Error("The machine is on fire");
    },
  });
  for (let day = 0; day < 30; day++) {
    await host.runJobs();
    host.clock.advance({ days: 1 });
  }
  const [job] = await scope.storage.query("SELECT state FROM jobs WHERE name = 'fetch-import-media'");
  t.is(job?.state, "dead");

  t.is(await fetchingOf(scope, (await importById(scope, id))!), "stopped");

  Object.assign(host.house, { fetch });
  t.like((await again(host, { media: true })).report.counts, { "files fetched": 1 });
});
