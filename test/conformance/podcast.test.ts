import { existsSync, readFileSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import sharp from "sharp";
import { storeMedia } from "../../core/media/library.ts";
import { mp3 } from "../../core/media/sound.testing.ts";
import { createTestHost } from "../../core/testing/test-host.ts";

const root = new URL("../../", import.meta.url);
const fixtures = new URL("../shared/fixtures/exchange/podcasts/", root);
const isThere = existsSync(new URL("plugins/podcast/plugin.ts", root));
const check = isThere ? test : test.skip;

async function open(t: ExecutionContext) {
  const folder = (id: string) => new URL(`plugins/${id}`, root).pathname;
  const load = async (id: string) => ({ plugin: (await import(`${folder(id)}/plugin.ts`)).default, folder: folder(id) });
  const host = await createTestHost(t, { plugins: [await load("feeds"), await load("podcast")] });
  const picture = async (width: number, height: number) => {
    const bytes = await sharp({ create: { width, height, channels: 3, background: "teal" } })
      .webp()
      .toBuffer();
    return storeMedia(host.scope(), host.house.media, { bytes, name: "cover.webp" });
  };
  const sound = (seconds: number) => storeMedia(host.scope(), host.house.media, { bytes: mp3(seconds), name: "one.mp3" });
  return { host, picture, sound };
}

/** A show with everything filled in, and some of it strange. */
async function fullShow(t: ExecutionContext) {
  const { host, picture, sound } = await open(t);
  await host.set("podcast", {
    title: "Birds & “others” <live>",
    description: "Every week a bird.\n\nWith & without feathers.",
    author: "Kim",
    ownerName: "Kim",
    ownerEmail: "kim@kim.example",
    category: "Science › Nature",
    category2: "Society & Culture › Places & Travel",
    cover: (await picture(2000, 1500)).url,
    copyright: "© 2026 Kim",
    fundingUrl: "https://kim.example/support?a=1&b=2",
    type: "serial",
  });
  const file = await sound(95);
  const lies = [{ url: file.url, type: "text/html", bytes: 1, seconds: 99_999 }];
  const said = {
    season: 1,
    episode: 1,
    explicit: "no",
    image: (await picture(1500, 1500)).url,
    chapters: "00:00 Begin\n01:00 Herons https://kim.example/herons",
    transcript: "1\n00:00:01,000 --> 00:00:02,000\nHerons & geese",
    people: [{ name: "Lee", role: "guest", url: "https://lee.example/" }],
  };
  await host.publish({
    title: "Herons ]]> & <geese>",
    text: "Some **words** [here](/about)",
    audio: lies,
    properties: { podcast: said },
  });
  host.clock.advance({ days: 1 });
  const far = { url: "https://cdn.lee.example/two.m4a?x=1&y=2", type: "audio/mp4", bytes: 9_000_000, seconds: 28_800.4 };
  await host.publish({ audio: [far], properties: { podcast: { episode: 2, kind: "bonus" } } });
  return { host, file, xml: (await host.get("/podcast.xml")).text };
}

if (!isThere) test.skip("podcast feeds follow the rules (plugins/podcast is not there)", () => {});

check("the feed keeps the rules of Apple Podcasts and of Podcasting 2.0", async (t) => {
  const { violations } = await import("./podcast-rules.ts");
  const { host, file, xml } = await fullShow(t);

  t.deepEqual(violations(xml), []);

  const cover = /<itunes:image href="https?:\/\/[^/]+(\/podcast\/pictures\/cover-[^"]+)"/.exec(xml)![1]!;
  const served = await fetchBytes(host.port, cover);
  t.is(served.type, "image/jpeg");
  const { width, height, format, space } = await sharp(served.bytes).metadata();
  t.deepEqual([width, height, format, space], [1500, 1500, "jpeg", "srgb"], "the cover is cut square");
  const range = await host.get(new URL(file.url).pathname, { range: "bytes=0-9" });
  t.is(range.status, 206);
  t.is(range.headers["content-range"], `bytes 0-9/${file.bytes}`);
  const head = await host.request("HEAD", new URL(file.url).pathname);
  t.deepEqual(
    [head.status, head.headers["content-length"], head.headers["content-type"]],
    [200, String(file.bytes), "audio/mpeg"],
  );
});

check("two foreign parsers read in it what was published", async (t) => {
  const { xml, file } = await fullShow(t);
  const { parseFeed } = await import("podcast-partytime");
  const { default: RssParser } = await import("rss-parser");

  const party = parseFeed(xml)!;
  t.is(party.title, "Birds & “others” <live>");
  t.deepEqual([party.explicit, party.itunesType, party.guid?.length, party.locked, party.medium], [
    false,
    "serial",
    36,
    true,
    "podcast",
  ] as never);
  t.deepEqual(party.itunesCategory, ["Science > Nature", "Society & Culture > Places & Travel"] as never);
  t.is(party.podcastFunding?.[0]?.url, "https://kim.example/support?a=1&b=2");
  const [two, one] = party.items;
  t.is(one!.title, "Herons ]]> & <geese>");
  t.deepEqual([one!.enclosure.url, one!.enclosure.length, one!.enclosure.type], [file.url, file.bytes, "audio/mpeg"]);
  t.deepEqual([one!.duration, two!.duration], [95, 28_800]);
  t.deepEqual([one!.itunesEpisode, two!.itunesEpisode, two!.itunesEpisodeType], [1, 2, "bonus"] as never);
  t.like(one!.podcastTranscripts?.[0], { type: "text/vtt" } as never);
  t.is(one!.podcastChapters?.type, "application/json+chapters");
  t.like(one!.podcastPeople?.[0], { name: "Lee", role: "Guest", href: "https://lee.example/" });
  t.is(two!.enclosure.url, "https://cdn.lee.example/two.m4a?x=1&y=2");

  const rss = await new RssParser().parseString(xml);
  t.is(rss.title, "Birds & “others” <live>");
  t.is(rss.itunes?.owner?.email, "kim@kim.example");
  t.deepEqual(
    rss.items.map(({ enclosure, itunes }) => [enclosure?.url, enclosure?.type, itunes?.duration]),
    [
      ["https://cdn.lee.example/two.m4a?x=1&y=2", "audio/mp4", "28800"],
      [file.url, "audio/mpeg", "95"],
    ],
  );
  t.regex(String(rss.items[1]!["content:encoded"]), /<strong>words<\/strong> <a href="https?:\/\/kim\.example[^"]*\/about"/);
});

check("the rules find what is wrong, and nothing in feeds that others keep by them", async (t) => {
  const { podcasting20, violations } = await import("./podcast-rules.ts");
  const { xml } = await fullShow(t);
  const wrong: readonly [string | RegExp, string, RegExp][] = [
    [/<itunes:image[^>]*\/>|<itunes:image[^>]*><\/itunes:image>/g, "", /itunes:image is missing/],
    ["<itunes:explicit>false", "<itunes:explicit>clean", /itunes:explicit may not be “clean”/],
    [/<itunes:duration>\d+/g, "<itunes:duration>1:x", /itunes:duration/],
    [/length="\d+"/, 'length="many"', /length of enclosure/],
    [
      "<podcast:locked owner",
      "<podcast:locked>maybe</podcast:locked><podcast:locked owner",
      /podcast:locked stands there 2 times/,
    ],
    ["<podcast:medium>podcast", "<podcast:medium>radio", /podcast:medium/],
    ["application/json+chapters", "text/chapters", /type of podcast:chapters/],
    ['text="Nature"', 'text="Natur"', /no category “Science › Natur”/],
    ["<itunes:episode>1</itunes:episode>", "", /without a number/],
  ];
  for (const [from, to, expected] of wrong) t.regex(violations(xml.replace(from, to)).join("\n"), expected);

  if (!existsSync(fixtures)) return t.log("real feeds are not checked: ../shared/fixtures is not there");
  const kept = [
    "podcasting20/example.xml",
    "podcasting20/podverse-test-feed.xml",
    "real/1865.xml",
    "real/sentimental-garbage.xml",
  ];
  for (const name of kept) t.deepEqual(violations(readFileSync(new URL(name, fixtures), "utf8"), podcasting20), [], name);
});

async function fetchBytes(port: number, path: string): Promise<{ bytes: Buffer; type: string | null }> {
  const { request } = await import("node:http");
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, path, headers: { host: "kim.example" } }, async (answer) =>
      resolve({ bytes: Buffer.concat(await answer.toArray()), type: answer.headers["content-type"] ?? null }),
    )
      .on("error", reject)
      .end();
  });
}
