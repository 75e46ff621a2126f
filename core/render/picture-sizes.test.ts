import test, { type ExecutionContext } from "ava";
import sharp from "sharp";
import { storeMedia } from "../media/library.ts";
import { createTestHost } from "../testing/test-host.ts";

async function hostWithPhotos(t: ExecutionContext, widths: readonly number[]) {
  const host = await createTestHost(t);
  const photos = [];
  for (const width of widths) {
    const bytes = await sharp({ create: { width, height: 300, channels: 3, background: "teal" } })
      .jpeg()
      .toBuffer();
    const { url } = await storeMedia(host.scope(), host.house.media, { bytes, name: "bird.jpg" });
    photos.push({ url, alt: 'A "bird" & a reed', width, height: 300 });
  }
  const post = await host.publish({ text: "Seen today", photos });
  const page = async (path = new URL(post.url).pathname) => (await host.get(path)).text;
  return { host, page, photos };
}

const pictureIn = (page: string) => /<picture>.*?<\/picture>/s.exec(page)?.[0] ?? "";

test("a photo is shown in the formats and sizes it exists in, and until then as it is", async (t) => {
  const { host, page, photos } = await hostWithPhotos(t, [1000]);
  const early = await page();
  t.is(pictureIn(early), "");
  t.true(early.includes(`src="${photos[0]!.url}?v=1"`));

  await host.runJobs();

  const picture = pictureIn(await page());
  const types = [...picture.matchAll(/<source type="([^"]+)" srcset="([^"]+)" sizes="[^"]+">/g)];
  t.deepEqual(
    types.map(([, type, srcset]) => [type, [...srcset!.matchAll(/ (\d+)w/g)].map(([, width]) => Number(width))]),
    [
      ["image/avif", [200, 400, 800, 1000]],
      ["image/webp", [200, 400, 800, 1000]],
    ],
  );
  t.regex(
    picture,
    /<img class="u-photo[^"]*" src="[^"]+\.1-1000\.jpg" alt="A &quot;bird&quot; &amp; a reed" srcset="[^"]+ 1000w"/,
  );
  t.regex(picture, / width="1000" height="300" loading="eager"/);
  const [, address] = /srcset="(\S+) 200w/.exec(picture)!;
  const served = await host.get(new URL(address!).pathname);
  t.is(served.status, 200);
  t.is(served.headers["content-type"], "image/avif");
});

test("the first picture of a page is fetched at once, the others when they come near", async (t) => {
  const { host, page } = await hostWithPhotos(t, [400, 400, 400]);
  await host.runJobs();

  const loading = [...(await page()).matchAll(/<img class="u-photo[^>]*loading="(\w+)"/g)].map(([, word]) => word);

  t.deepEqual(loading, ["eager", "lazy", "lazy"]);
  t.true((await page("/")).includes("<picture>"));
});

test("a page without its sizes, or with a photo of another place, is a page all the same", async (t) => {
  const { host, page } = await hostWithPhotos(t, [400]);
  await host.runJobs();
  await host.house.storage.write((db) => db.run("UPDATE media SET variants = '{}'"));
  await host.publish({ text: "Elsewhere", photos: [{ url: "https://ana.example/bird.jpg", alt: "" }] });

  const home = await page("/");

  t.true(home.includes('src="https://ana.example/bird.jpg" alt=""'));
  t.false(home.includes("<source"));
});
