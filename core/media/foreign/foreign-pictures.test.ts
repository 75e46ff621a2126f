import test, { type ExecutionContext } from "ava";
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { FetchRefused } from "../../net/fetch-refused.ts";
import { ForeignPictures } from "./foreign-pictures.ts";
import { KeptPictures, sweepForeign } from "./kept-pictures.ts";

const create = { width: 2600, height: 900, channels: 3, background: "teal" } as const;
const photo = sharp({ create })
  .withExif({ IFD0: { Artist: "Lee of the reeds" } })
  .jpeg()
  .toBuffer();
const asked = { url: "https://lee.example/a.jpg", width: 1280 };

async function open(t: ExecutionContext, answer: () => Promise<Response>) {
  const folder = mkdtempSync(join(tmpdir(), "rookery-foreign-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const time = { now: Date.parse("2026-05-01T12:00:00Z") };
  let fetched = 0;
  const silent = () => {};
  const parts = {
    fetch: () => (fetched++, answer()),
    now: () => new Date(time.now),
    log: { debug: silent, info: silent, warn: silent, error: silent },
  };
  const start = () => new ForeignPictures({ ...parts, kept: new KeptPictures(folder, parts.now) });
  return { folder, time, start, fetched: () => fetched };
}

test("many who ask at once cause one fetch; the picture is smaller, says nothing of its maker, and is there after a restart", async (t) => {
  const bytes = await photo;
  t.regex(bytes.toString("latin1"), /Lee of the reeds/);
  const { start, fetched } = await open(t, async () => new Response(new Uint8Array(bytes)));
  const pictures = start();

  const got = await Promise.all(Array.from({ length: 5 }, () => pictures.get(asked)));

  const { width, height } = await sharp(got[0]!.bytes).metadata();
  t.deepEqual([got[0]!.type, width, height], ["image/jpeg", 1280, 443]);
  t.notRegex(Buffer.from(got[0]!.bytes).toString("latin1"), /Lee of the reeds/);
  t.is((await start().get(asked))?.validator, got[4]!.validator);
  t.is(fetched(), 1);
});

test("what could not be had is left alone for a while, longer each time, and then asked for again", async (t) => {
  const answers = [new FetchRefused("timeout"), new FetchRefused("timeout"), null];
  const bytes = await photo;
  const { start, time, fetched } = await open(t, async () => {
    const failure = answers.shift();
    if (failure) throw failure;
    return new Response(new Uint8Array(bytes));
  });
  const pictures = start();
  const after = (minutes: number) => ((time.now += minutes * 60_000), pictures.get(asked));

  t.is(await after(0), null);
  t.is(await after(0.9), null);
  t.is(fetched(), 1);
  t.is(await after(0.2), null);
  t.is(await after(1.5), null);
  t.is(fetched(), 2);
  t.not(await after(1), null);

  const gone = await open(t, async () => new Response("Gone", { status: 410 }));
  const others = gone.start();
  for (let hour = 0; hour < 3; hour++) {
    t.is(await others.get(asked), null);
    gone.time.now += 50 * 60_000;
  }
  t.is(gone.fetched(), 2, "an answer that will hardly change counts for an hour, then for two");
});

test("moving pictures move in what is read and stand still in faces; an icon of old passes as it is, an endless line does not", async (t) => {
  const frames = Buffer.concat([0, 90, 200].map((shade) => Buffer.alloc(40 * 20 * 3, shade)));
  const moving = await sharp(frames, { raw: { width: 40, height: 60, channels: 3, pageHeight: 20 } })
    .gif()
    .toBuffer();
  const { start } = await open(t, async () => new Response(new Uint8Array(moving)));
  const pictures = start();
  const pagesOf = async (width: number) => (await sharp((await pictures.get({ ...asked, width }))!.bytes).metadata()).pages ?? 1;
  t.deepEqual([(await sharp(moving).metadata()).pages, await pagesOf(1280), await pagesOf(128)], [3, 3, 1]);

  const long = sharp({ create: { ...create, width: 16_385, height: 2 } })
    .png()
    .toBuffer();
  t.is(await (await open(t, async () => new Response(new Uint8Array(await long)))).start().get(asked), null);
  const icon = Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0]), Buffer.alloc(60)]);
  const shelf = await open(t, async () => new Response(icon));
  t.deepEqual((await shelf.start().get(asked))?.type, "image/x-icon");
});

test("what is kept goes after 30 days, and the oldest where it is too much; a broken copy is fetched again", async (t) => {
  const { folder, start, fetched } = await open(t, async () => new Response(new Uint8Array(await photo)));
  const pictures = start();
  for (const n of [1, 2, 3]) await pictures.get({ ...asked, url: `${asked.url}?${n}` });
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((one) =>
      one.isFile() ? [join(one.parentPath, one.name)] : [],
    );
  const [first, second, third] = files();
  const old = (days: number) => new Date(Date.parse("2026-05-01T12:00:00Z") - days * 86_400_000);
  utimesSync(first!, old(31), old(31));
  utimesSync(second!, old(2), old(2));

  await sweepForeign(folder, old(0), statSync(third!).size);

  t.deepEqual(files(), [third]);
  writeFileSync(third!, "");
  for (const n of [1, 2, 3]) t.is((await pictures.get({ ...asked, url: `${asked.url}?${n}` }))?.type, "image/jpeg");
  t.is(fetched(), 6);
});
