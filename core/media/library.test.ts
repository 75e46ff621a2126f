import test, { type ExecutionContext } from "ava";
import sharp from "sharp";
import type { Dialect } from "../storage/columns.ts";
import { databases, testDatabase } from "../storage/testing.ts";
import { createTestHost } from "../testing/test-host.ts";
import { describeFile, replaceFile } from "./change-file.ts";
import { findFiles, libraryFile } from "./find-files.ts";
import { removeMedia, storeMedia } from "./library.ts";
import { totalOf } from "./totals.ts";
import { usedAmong, usesOf } from "./uses.ts";
import { mp3 } from "./sound.testing.ts";

const nothing = async () => undefined;

function photo(background = "teal", width = 300): Promise<Buffer> {
  return sharp({ create: { width, height: 200, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

async function library(t: ExecutionContext, dialect: Dialect = "sqlite") {
  const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
  const scope = host.scope();
  const store = async (name: string, alt = "") => storeMedia(scope, host.house.media, { bytes: await photo(), name, alt });
  return { host, scope, store, media: host.house.media };
}

for (const dialect of databases) {
  test(`${dialect}: which post shows which file follows the post, from its photos, its text and its sounds`, async (t) => {
    const { host, scope, store } = await library(t, dialect);
    const [inPhotos, inText, relative, unused] = [await store("a"), await store("b"), await store("c"), await store("d")];
    const photos = [{ url: inPhotos.url, alt: "" }];
    const text = `![](${inText.url})\n\n![](${new URL(relative.url).pathname}) https://lee.example/media/${unused.url.split("/media/")[1]}`;

    const post = await host.publish({ text, photos });

    for (const { id } of [inPhotos, inText, relative]) t.deepEqual(await usesOf(scope, id), [post.id]);
    t.deepEqual(await usesOf(scope, unused.id), []);
    t.deepEqual(
      (await findFiles(scope, { isUnused: true })).map(({ name }) => name),
      ["d"],
    );

    await host.publish({ id: post.id, text: "No pictures any more", photos });
    t.deepEqual([...(await usedAmong(scope, [inPhotos.id, inText.id, relative.id]))], [inPhotos.id]);
  });

  test(`${dialect}: files are found by kind, month, name and missing description, page by page`, async (t) => {
    const { host, scope, store } = await library(t, dialect);
    for (const name of ["Bird 1.jpg", "bird_2.jpg", "reed.jpg"]) await store(name, name === "reed.jpg" ? "Reeds" : "");
    host.clock.advance({ months: 1 });
    await store("June 100%.jpg");
    const names = async (filter: Parameters<typeof findFiles>[1]) => (await findFiles(scope, filter)).map(({ name }) => name);

    t.deepEqual(await names({}), ["June 100%.jpg", "reed.jpg", "bird_2.jpg", "Bird 1.jpg"]);
    t.deepEqual(await names({ month: "2026-05", lacksAlt: true }), ["bird_2.jpg", "Bird 1.jpg"]);
    t.deepEqual(await names({ name: "BIRD" }), ["bird_2.jpg", "Bird 1.jpg"]);
    t.deepEqual(await names({ name: "0%" }), ["June 100%.jpg"]);
    t.deepEqual(await names({ name: "d_2" }), ["bird_2.jpg"]);
    t.deepEqual(await names({ kind: "audio" }), []);
    const [first, second] = await findFiles(scope, { limit: 2 });
    t.deepEqual(await names({ after: second!.id }), ["bird_2.jpg", "Bird 1.jpg"]);
    await describeFile(scope, first!, { alt: "", isDecorative: true, caption: "A caption" }, nothing);
    t.like(await libraryFile(scope, first!.id), { isDecorative: true, caption: "A caption" });
    t.deepEqual(await names({ lacksAlt: true }), ["bird_2.jpg", "Bird 1.jpg"]);
  });

  test(`${dialect}: a replaced file keeps its address, and readers get the new bytes`, async (t) => {
    const { host, scope, store, media } = await library(t, dialect);
    const { id, url } = await store("bird.jpg");
    await host.runJobs();
    const path = new URL(url).pathname;
    const before = await host.get(path);
    const file = (await libraryFile(scope, id))!;
    const png = await sharp({ create: { width: 500, height: 100, channels: 3, background: "red" } })
      .png()
      .toBuffer();

    await replaceFile(scope, media, { file, by: { bytes: png, name: "other.png" } }, nothing);

    const after = await host.get(path, { "if-none-match": before.headers.etag! });
    t.like(after, { status: 200 });
    t.is(after.headers["content-type"], "image/png");
    t.not(after.headers.etag, before.headers.etag);
    await host.runJobs();
    t.like(await libraryFile(scope, id), { url, revision: 2, width: 500, type: "image/png" });
    const small = path.replace(".jpg", ".1-200.webp");
    t.is((await host.get(small)).headers["cache-control"], "public, max-age=300, must-revalidate");
    t.regex((await host.get(small.replace(".1-", ".2-"))).headers["cache-control"]!, /immutable/);
    const stored = (await Array.fromAsync(media.list())).map(({ name }) => name);
    t.true(
      stored.every((name) => name.includes(".2")),
      stored.join(" "),
    );

    await t.throwsAsync(replaceFile(scope, media, { file, by: { bytes: png, name: "late.png" } }, nothing), {
      message: /just now/,
    });
    const song = mp3(1);
    const now = (await libraryFile(scope, id))!;
    await t.throwsAsync(replaceFile(scope, media, { file: now, by: { bytes: song, name: "x" } }, nothing), {
      message: /by a picture/,
    });
  });

  test(`${dialect}: what the library takes is known without counting, and nothing is left when all is deleted`, async (t) => {
    const { host, scope, store, media } = await library(t, dialect);
    const files = [await store("a"), await store("b")];
    await host.runJobs();
    const sum = async () => (await Array.fromAsync(media.list())).reduce((all, { bytes }) => all + bytes, 0);
    t.deepEqual(await totalOf(scope), { files: 2, bytes: await sum() });
    const file = (await libraryFile(scope, files[0]!.id))!;
    await replaceFile(scope, media, { file, by: { bytes: await photo("red", 900), name: "c" } }, nothing);
    await host.runJobs();
    t.deepEqual(await totalOf(scope), { files: 2, bytes: await sum() });

    for (const { id } of files) await removeMedia(scope, media, id);

    t.deepEqual(await totalOf(scope), { files: 0, bytes: 0 });
    t.deepEqual(await Array.fromAsync(media.list()), []);
  });
}
