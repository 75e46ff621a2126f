import test from "ava";
import sharp from "sharp";
import { createTestHost } from "../testing/test-host.ts";
import { databases, testDatabase } from "../storage/testing.ts";
import { findMedia, removeMedia, storeMedia } from "./library.ts";
import { libraryFileFrom, mediaColumns } from "./media-row.ts";

async function photo(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "teal" } })
    .jpeg()
    .toBuffer();
}

for (const dialect of databases)
  test(`${dialect}: a photo gets its sizes after the upload, none larger than itself, kept for good by caches, gone with it`, async (t) => {
    const host = await createTestHost(t, { databaseUrl: await testDatabase(t, dialect) });
    const { house } = host;
    const media = await storeMedia(host.scope(), house.media, { bytes: await photo(1000, 500), name: "bird.jpg" });
    const stored = async () => {
      const rows = await house.storage.query(`SELECT ${mediaColumns} FROM media m WHERE m.id = ?`, [media.id]);
      return libraryFileFrom(rows[0]!, host.blog);
    };
    t.is((await stored()).variants, null);
    const before = await house.storage.query("SELECT number FROM versions WHERE scope = ?", [host.blog.id]);

    await host.runJobs();

    const { variants, address } = await stored();
    t.deepEqual(
      variants!.map(({ width, height, type }) => `${width}×${height} ${type.slice(6)}`),
      ["1000×500", "800×400", "400×200", "200×100"].flatMap((size) => ["avif", "webp", "jpeg"].map((type) => `${size} ${type}`)),
    );
    const after = await house.storage.query("SELECT number FROM versions WHERE scope = ?", [host.blog.id]);
    t.notDeepEqual(after, before);
    const small = `/media/${address.replace(".jpg", ".1-400.webp")}`;
    const served = await host.get(small);
    t.like(served, { status: 200 });
    t.is(served.headers["content-type"], "image/webp");
    t.regex(served.headers["cache-control"]!, /immutable/);
    t.is((await host.get(small.replace("400", "401"))).status, 404);

    const names = () => Array.fromAsync(house.media.list());
    t.is((await names()).length, 13);
    t.true(await removeMedia(host.scope(), house.media, media.id));
    t.deepEqual(await names(), []);
    t.is((await host.get(small)).status, 404);
    t.is(await findMedia(host.scope(), { id: media.id }), null);
  });

test("what moves and what is small gets no sizes; what is transparent gets PNG instead of JPEG", async (t) => {
  const host = await createTestHost(t);
  const still = (background: string, width = 300) =>
    sharp({ create: { width, height: 60, channels: 4, background } })
      .png()
      .toBuffer();
  const moving = await sharp([await still("red"), await still("blue")], { join: { animated: true } })
    .gif()
    .toBuffer();
  const files = [moving, await still("red", 150), await still("transparent")];
  for (const bytes of files) await storeMedia(host.scope(), host.house.media, { bytes, name: "x" });

  await host.runJobs();

  const rows = await host.house.storage.query(`SELECT ${mediaColumns} FROM media m ORDER BY m.id`);
  const clear = ["image/avif", "image/webp", "image/png"];
  const types = rows.map((row) => libraryFileFrom(row, host.blog).variants?.map(({ type }) => type));
  t.deepEqual(types, [[], [], [...clear, ...clear]]);
});

test("a file that is gone from the store fails its own job only", async (t) => {
  const host = await createTestHost(t);
  const media = await storeMedia(host.scope(), host.house.media, { bytes: await photo(300, 300), name: "bird.jpg" });
  await host.house.media.remove(new URL(media.url).pathname.slice("/media/".length));

  await host.runJobs();

  t.is((await host.get("/")).status, 200);
  const [job] = await host.house.storage.query("SELECT last_error FROM jobs WHERE name = 'make-variants'");
  t.regex(String(job!.last_error), /not in the media store/);
});
