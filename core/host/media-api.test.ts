import { existsSync, statSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import test from "ava";
import sharp from "sharp";
import { grant } from "../blogs/memberships.ts";
import { makePerson } from "../people/testing.ts";
import { definePlugin, type Context } from "../plugin.ts";
import { databases, testDatabase } from "../storage/testing.ts";
import { createTestHost, type TestHost } from "../testing/test-host.ts";

const picture = (width: number) =>
  sharp({ create: { width, height: width / 2, channels: 3, background: "red" } })
    .jpeg()
    .toBuffer();

async function openHost(t: Parameters<typeof createTestHost>[0], databaseUrl?: string) {
  let asked: (context: Context) => Promise<void> = async () => undefined;
  const run = async ({ context }: { context: Context }) => (await asked(context), { text: "" });
  const routes = [{ method: "POST", path: "/probe", on: "blog", access: "public", run, timeout: { seconds: 60 } }];
  const capabilities = ["identity", "media:write"];
  const plugin = definePlugin({
    id: "probe",
    name: "P",
    description: "P",
    version: "1.0.0",
    api: 1,
    capabilities,
    routes,
  } as never);
  const host = await createTestHost(t, { plugins: [plugin], ...(databaseUrl && { databaseUrl }) });
  const inside = async <T>(work: (context: Context) => Promise<T>): Promise<T> => {
    const done = Promise.withResolvers<T>();
    asked = async (context) => void (await work(context).then(done.resolve, done.reject));
    await host.request("POST", "/probe", {});
    return done.promise;
  };
  return { host, inside };
}

for (const dialect of databases)
  test(`${dialect}: apps list, search, describe and remove files, as far as their person may`, async (t) => {
    const { host, inside } = await openHost(t, await testDatabase(t, dialect));
    const lee = await makePerson(host.house.storage, "lee");
    const member = { blogId: host.blog.id, accountId: lee.id, role: "author" as const };
    await host.house.storage.write((db) => grant(db, member, host.clock.now()));
    const path = join(host.folder, "sent");
    writeFileSync(path, await picture(500));
    const names = async (filter: object, context: Context) => (await context.media.list(filter)).map(({ name }) => name);

    const big = await inside(({ media }) => media.store({ path, name: "Heron.jpg", alt: "A grey bird" }));
    for (const name of ["a.jpg", "b.jpg", "c.jpg"]) {
      host.clock.advance({ minutes: 1 });
      const bytes = await picture(100);
      await inside(({ media }) => media.store({ bytes, name }));
    }
    await inside(async (context) => {
      t.deepEqual(await names({ limit: 2 }, context), ["c.jpg", "b.jpg"]);
      t.deepEqual(await names({ limit: 2, skip: 2 }, context), ["a.jpg", "Heron.jpg"]);
      t.deepEqual(await names({ skip: 9 }, context), []);
      t.deepEqual(await names({ search: "BIRD" }, context), ["Heron.jpg"]);
      t.deepEqual(await names({ search: "heron" }, context), ["Heron.jpg"]);
      t.deepEqual(await names({ after: "é" }, context), []);
      t.is(await context.media.byId("é"), null);
    });
    await host.runJobs();
    const found = await inside(({ media }) => media.byId(big.id));
    t.deepEqual([...new Set(found!.sizes.map(({ width }) => width))], [200, 400, 500]);
    for (const { url, type } of found!.sizes) {
      const served = await host.get(new URL(url).pathname);
      t.deepEqual([served.status, served.headers["content-type"]], [200, type]);
    }
    t.is((await inside(({ media }) => media.byUrl(`${big.url}?v=1`)))?.id, big.id);
    t.is((await inside(({ media }) => media.setAlt(big.id, "A heron")))?.alt, "A heron");

    const asLee = (context: Context) => context.as({ accountId: lee.id });
    const bytes = await picture(90);
    const own = await inside(async (context) => (await asLee(context)).media.store({ bytes, name: "own.jpg" }));
    t.deepEqual(await inside(async (context) => names({}, await asLee(context))), ["own.jpg"]);
    const denied = { key: "right.missing", status: 403 };
    t.like(await t.throwsAsync(inside(async (context) => (await asLee(context)).media.remove(big.id))), denied);
    t.like(await t.throwsAsync(inside(async (context) => (await asLee(context)).media.setAlt(big.id, "x"))), denied);
    t.true(await inside(async (context) => (await asLee(context)).media.remove(own.id)));
    t.false(await inside(({ media }) => media.remove(own.id)));
    t.is((await host.get(new URL(own.url).pathname)).status, 404);
  });

test("a file comes in parts under a name of the app's own, without its size, and is one file however often it is finished", async (t) => {
  const { host, inside } = await openHost(t);
  const bytes = await picture(300);
  const sent = async (key: string) => {
    await inside(({ media }) => media.parts.begin({ key, name: "film.jpg", size: null }));
    for (let at = 0; at < bytes.byteLength; at += 500)
      await inside(({ media }) => media.parts.append(key, bytes.subarray(at, at + 500)));
  };

  t.is(await inside(({ media }) => media.parts.state("123456")), null);
  t.like(await t.throwsAsync(inside(({ media }) => media.parts.append("123456", bytes))), { status: 404 });
  await sent("123456");
  t.like(await inside(({ media }) => media.parts.state("123456")), { received: bytes.byteLength, media: null });
  t.like(await t.throwsAsync(inside(({ media }) => media.parts.append("123456", bytes, 7))), { status: 409 });
  const media = await inside(({ media }) => media.parts.finish("123456", { alt: "Red" }));
  t.like(media, { width: 300, alt: "Red", name: "film.jpg" });
  t.is((await inside(({ media }) => media.parts.finish("123456"))).id, media.id);
  t.is((await inside(({ media }) => media.parts.state("123456")))?.media?.id, media.id);
  // Six digits come again.
  await sent("123456");
  t.not((await inside(({ media }) => media.parts.finish("123456"))).id, media.id);
  t.like(await t.throwsAsync(sentOther(inside)), { status: 415 });
  t.is((await inside(({ media }) => media.list())).length, 2);
  t.deepEqual(host.failures(), []);
});

async function sentOther(inside: <T>(work: (context: Context) => Promise<T>) => Promise<T>): Promise<void> {
  await inside(({ media }) => media.parts.begin({ key: "654321", name: "x.html", size: null }));
  await inside(({ media }) => media.parts.append("654321", Buffer.from("<script>1</script>")));
}

test("a large file of a multipart form is on disk, not in memory, and goes again", async (t) => {
  const places: string[] = [];
  const run = async ({ multipart }: { multipart(): Promise<{ files: readonly { path: string; bytes: number }[] }> }) => {
    const { files } = await multipart();
    places.push(files[0]!.path);
    return { json: { bytes: statSync(files[0]!.path).size, heap: process.memoryUsage().arrayBuffers } };
  };
  const routes = [{ method: "POST", path: "/upload", on: "blog", access: "public", body: "multipart", limit: 400_000_000, run }];
  const plugin = definePlugin({ id: "probe", name: "P", description: "P", version: "1.0.0", api: 1, routes } as never);
  const host: TestHost = await createTestHost(t, { plugins: [plugin] });
  const [piece, pieces] = [Buffer.alloc(1_000_000, "x"), 200];
  async function* body() {
    yield '--x\r\ncontent-disposition: form-data; name="file"; filename="film.mp4"\r\n\r\n';
    for (let at = 0; at < pieces; at++) yield piece;
    yield "\r\n--x--\r\n";
  }
  const before = process.memoryUsage().arrayBuffers;
  const headers = { host: "kim.example", "content-type": "multipart/form-data; boundary=x" };
  const told = await new Promise<{ bytes: number; heap: number }>((resolve, reject) => {
    const sending = request({ host: "127.0.0.1", port: host.port, method: "POST", path: "/upload", headers }, (answer) => {
      answer.setEncoding("utf8").once("data", (text: string) => resolve(JSON.parse(text) as { bytes: number; heap: number }));
    });
    sending.once("error", reject);
    pipeline(Readable.from(body()), sending).catch(reject);
  });

  t.is(told.bytes, pieces * piece.byteLength);
  t.true(told.heap - before < 100_000_000, `${told.heap - before} bytes`);
  t.false(existsSync(places[0]!));
});
