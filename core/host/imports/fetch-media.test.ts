import test from "ava";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { listMedia } from "../../media/library.ts";
import { listPosts, postByPath } from "../../posts/read.ts";
import { databases } from "../../storage/testing.ts";
import type { TestHost } from "../../testing.ts";
import { importById } from "./import-rows.ts";
import { bringIn, fileOf, jpeg, oldSite, postOf } from "./old-site.testing.ts";
import { undoImport } from "./undo-import.ts";

const bytesOf = async (host: TestHost, url: string) => (await host.get(new URL(url).pathname)).status;

for (const dialect of databases) {
  test(`${dialect}: pictures and sounds that posts show come from the old site, each once, and undo removes them`, async (t) => {
    const site = await oldSite(t);
    const up = `${site.url}/wp-content/uploads`;
    const { host, scope, id, report } = await bringIn(
      t,
      [
        postOf(1, {
          content: `<p><a href="${up}/a.jpg"><img src="${up}/a-300x200.jpg" srcset="${up}/a-300x200.jpg 300w, ${up}/a.jpg 900w" sizes="100vw" alt="A"></a> <img src="/wp-content/uploads/a.jpg" alt=""> <img src="https://lee.example/x.jpg" alt=""></p>`,
          photos: [{ url: `${up}/b.jpg`, alt: "B" }],
        }),
        postOf(2, { content: `<p>Text</p><img src="${up}/big-1024x768.jpg" alt="">` }),
        ...["a.jpg", "b.jpg", "big-scaled.jpg", "unused.jpg"].map((name) => fileOf(`${up}/${name}`)),
      ],
      dialect,
    );
    await host.runJobs();

    t.deepEqual(
      site.asked.toSorted(),
      ["a.jpg", "b.jpg", "big-scaled.jpg"].map((name) => `/wp-content/uploads/${name}`),
    );
    const media = await listMedia(scope);
    const post = (await postByPath(scope, "/2020/05/01/post-1"))!;
    const place = /href="([^"]+)"/.exec(post.html)![1]!;
    t.true(media.some(({ url }) => url === place));
    t.is(await bytesOf(host, place), 200);
    t.false(post.source.includes(site.url));
    t.false(post.html.includes("srcset"));
    t.is(post.html.split(place).length - 1, 3);
    t.true(post.html.includes("https://lee.example/x.jpg"));
    t.true(media.some(({ url }) => url === post.photos[0]!.url));
    t.is(post.photos[0]!.alt, "B");
    t.is(post.updatedAt, "2021-01-01T10:00:00.000Z");
    t.is(post.version, 2);
    t.like((await report()).files, { total: 3, done: 3, isFinished: true, failed: { total: 0 } });
    t.deepEqual((await importById(scope, id))!.progress.files, { done: 3, total: 3 });

    t.is((await undoImport(scope, id, host.house.media)).media, 3);
    t.deepEqual(await listMedia(scope), []);
    t.deepEqual(await scope.storage.query("SELECT * FROM import_items"), []);
    t.is(await bytesOf(host, place), 404);
  });
}

test("a file that cannot be had is named with the reason, and its post keeps the old address", async (t) => {
  const site = await oldSite(t, {
    "/page.jpg": (_, response) =>
      void response.writeHead(200, { "content-type": "text/html" }).end("<p>Not a picture at all</p>"),
    "/gone.jpg": (_, response) => void response.writeHead(404).end(),
    "/large.jpg": (_, response) =>
      void response.writeHead(200, { "content-type": "image/jpeg", "content-length": "60000000" }).end(jpeg),
    "/moved.jpg": (_, response) => void response.writeHead(301, { location: "/here.jpg" }).end(),
    "/away.jpg": (_, response) => void response.writeHead(302, { location: "http://lee.example/x.jpg" }).end(),
    "/loop.jpg": (_, response) => void response.writeHead(302, { location: "/loop.jpg" }).end(),
  });
  const names = ["page", "gone", "large", "moved", "away", "loop"].map((name) => `${site.url}/${name}.jpg`);
  const content = names.map((url) => `<img src="${url}" alt="">`).join("");
  const { host, scope, report } = await bringIn(t, [postOf(1, { content }), ...names.map(fileOf)]);
  await host.runJobs();

  const { files } = await report();
  t.like(files, { total: 6, done: 6, isFinished: true });
  t.deepEqual(
    files!.failed.notes.map(({ what, title, why }) => [what, title.slice(site.url.length), why]),
    [
      ["picture", "/page.jpg", "The answer was not of the expected kind."],
      ["picture", "/gone.jpg", "The old site answers 404."],
      ["picture", "/large.jpg", "The answer was too large."],
      ["picture", "/away.jpg", "It leads to another site: lee.example."],
      ["picture", "/loop.jpg", "The address leads elsewhere too often."],
    ],
  );
  t.like(files!.failed.notes[1], { key: "import.status", values: { status: 404 } });
  const [post] = await listPosts(scope);
  t.true(post!.html.includes(`${site.url}/gone.jpg`));
  t.false(post!.html.includes(`${site.url}/moved.jpg`));
  t.is((await listMedia(scope)).length, 1);
});

test("a site that does not answer now is asked again later, and after that its files have failed", async (t) => {
  let isUp = false;
  const site = await oldSite(t, {
    "/late.jpg": (_, response) => void response.writeHead(isUp ? 200 : 503).end(isUp ? jpeg : ""),
    "/never.jpg": (_, response) => void response.writeHead(503).end(),
  });
  const names = ["late", "never"].map((name) => `${site.url}/${name}.jpg`);
  const content = names.map((url) => `<img src="${url}" alt="">`).join("");
  const { host, report } = await bringIn(t, [postOf(1, { content }), ...names.map(fileOf)]);
  await host.runJobs();
  t.like((await report()).files, { total: 2, done: 0, isFinished: false });

  isUp = true;
  host.clock.advance({ minutes: 2 });
  await host.runJobs();
  t.like((await report()).files, { total: 2, done: 1, isFinished: false });
  host.clock.advance({ minutes: 11 });
  await host.runJobs();

  t.like((await report()).files, { total: 2, done: 2, isFinished: true, failed: { total: 1 } });
  t.is(site.asked.filter((path) => path === "/late.jpg").length, 2);
});

test("a job that breaks off in the middle goes on where it was and asks for no file twice", async (t) => {
  const site = await oldSite(t);
  const names = [1, 2, 3].map((number) => `${site.url}/${number}.jpg`);
  const lines = names.map((url, at) => postOf(at, { content: `<img src="${url}" alt="">` }));
  const { host, scope, report } = await bringIn(t, [...lines, ...names.map(fileOf)]);
  const { fetch } = host.house;
  let breaks = true;
  const breaking = (url: string, init: object) => {
    if (breaks && url.endsWith("/2.jpg")) throw new Error("The machine is on fire");
    return fetch(url, init);
  };
  Object.assign(host.house, { fetch: breaking });
  await host.runJobs();
  t.deepEqual(site.asked, ["/1.jpg"]);

  breaks = false;
  host.clock.advance({ minutes: 12 });
  await host.runJobs();

  t.deepEqual(site.asked, ["/1.jpg", "/2.jpg", "/3.jpg"]);
  t.like((await report()).files, { total: 3, done: 3, isFinished: true, failed: { total: 0 } });
  t.is((await listMedia(scope)).length, 3);
});

test("an undo in the middle ends the fetching, and nothing of it stays", async (t) => {
  const site = await oldSite(t, { "/late.jpg": (_, response) => void response.writeHead(503).end() });
  const names = ["a", "late"].map((name) => `${site.url}/${name}.jpg`);
  const content = names.map((url) => `<img src="${url}" alt="">`).join("");
  const { host, scope, id } = await bringIn(t, [postOf(1, { content }), ...names.map(fileOf)]);
  await host.runJobs();
  const [kept] = await listMedia(scope);

  await undoImport(scope, id, host.house.media);
  host.clock.advance({ hours: 1 });
  await host.runJobs();

  t.deepEqual(await listMedia(scope), []);
  t.false(existsSync(join(host.folder, "media", new URL(kept!.url).pathname.slice("/media/".length))));
  t.is((await importById(scope, id))!.state, "undone");
  t.deepEqual(await scope.storage.query("SELECT id FROM jobs"), []);
});
