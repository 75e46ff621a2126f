import { existsSync, readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import test from "ava";
import { sanitise } from "../sanitise.ts";
import { parseFeed } from "../pages/read-page.ts";
import { feedDate } from "./dates.ts";
import { decodeFeed } from "./decode.ts";
import { absoluteMarkup, parsedMarkup, workOf } from "./markup.ts";
import { quickMarkup } from "./quick-markup.ts";
import { feedOf } from "./read-feed.ts";

const place = "https://kim.example/feed.xml";
const read = (text: string | Uint8Array, type = "") => feedOf(typeof text === "string" ? Buffer.from(text) : text, place, type)!;
const rss = (items: string, more = "") =>
  `<rss version="2.0"><channel><title>Kim</title><link>https://kim.example/</link>${more}${items}</channel></rss>`;

const folder = "/work/shared/fixtures/exchange/";
const filesOf = (kind: string) =>
  readdirSync(folder + kind, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "INDEX.md")
    .map((entry) => `${entry.parentPath}/${entry.name}`);

// No feeds: ActivityStreams, what another parser is expected to say, an HTML page without entries, other XML, empty or broken files.
const noFeeds = [
  "granary/attachments.as-from-feed.json",
  "granary/note.as-from-feed.json",
  "malformed/rss_empty_document.xml",
  "real/notafeed.html",
  "real/unrecognized.rss",
  "reference-with-expected/atom-03.json",
  "reference-with-expected/atom-10.json",
  "reference-with-expected/atom-ns.json",
  "universal/empty_feed.xml",
  "universal/invalid.json",
  "podcasting20/docs_schema_podcast-example.xml",
];

test("the feeds and podcasts of the fixtures are read, all but those that are none", (t) => {
  if (!existsSync(folder)) return void t.pass("the fixtures are not here");
  const files = [...filesOf("feeds"), ...filesOf("podcasts")];
  const tried = (file: string) => {
    try {
      return feedOf(readFileSync(file), place, "");
    } catch {
      return null;
    }
  };
  const feeds = files.map((file) => ({ file, feed: tried(file) }));
  t.deepEqual(
    feeds
      .filter(({ feed }) => !feed)
      .map(({ file }) => file.split("/").slice(-2).join("/"))
      .sort(),
    [...noFeeds].sort(),
  );
  t.is(feeds.filter(({ feed }) => feed).length, files.length - noFeeds.length);
  t.log(`${files.length} files, ${files.length - noFeeds.length} feeds read, ${noFeeds.length} that are none`);
  for (const { file, feed } of feeds) t.is(new Set(feed?.items.map(({ key }) => key)).size, feed?.items.length ?? 0, file);
  const at = (name: string) => feeds.find(({ file }) => file.endsWith(name))!.feed!;
  t.is(at("malformed/rss_item_link_corrupted_ampersands.xml").items[0]!.url, "http://link/get?a=1&b=2");
  t.is(at("malformed/rss_incomplete_cdata.xml").title, "can feedparser read this xml");
  t.true(at("real/guid-dupes.xml").items.length > 0);
});

test("an item that was kept as it was written reads the same again", (t) => {
  if (!existsSync(folder)) return void t.pass("the fixtures are not here");
  const again = filesOf("feeds/real").flatMap((file) => {
    const [item] = (file.endsWith(".html") ? null : feedOf(readFileSync(file), place, ""))?.items ?? [];
    if (!item?.raw) return [];
    const [read] = feedOf(Buffer.from(item.raw), place, "")?.items ?? [];
    const words = (text = "") => text.replace(/<[^>]*>|\s+/g, "");
    return [[file.split("/").at(-1), read?.writtenTitle === item.writtenTitle && words(read?.html) === words(item.html)]];
  });
  t.true(again.length > 30);
  t.deepEqual(
    again.filter(([, isSame]) => !isSame),
    [],
  );
});

test("relative addresses stand against xml:base, then the entry, then the site", (t) => {
  const atom = `<a:feed xmlns:a="http://www.w3.org/2005/Atom" xml:base="https://lee.example/blog/"><a:link rel="hub" href="/hub"/><a:link rel="self" href="me.atom"/>
    <a:entry xml:base="2026/"><a:id>1</a:id><a:link href="one"/><a:title/><a:content type="xhtml" xml:base="deep/"><div xmlns="http://www.w3.org/1999/xhtml"><img src="x.jpg" alt="A heron"/></div></a:content></a:entry>
    <at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="old" when="2026-01-01T00:00:00Z"/></a:feed>`;
  const feed = read(atom);
  t.like(feed, { kind: "atom", hubs: ["https://lee.example/hub"], self: "https://lee.example/blog/me.atom", deleted: ["old"] });
  t.is(feed.items[0]!.url, "https://lee.example/blog/2026/one");
  t.deepEqual(feed.items[0]!.photos, [
    { url: "https://lee.example/blog/2026/deep/x.jpg", type: "", alt: "A heron", bytes: null },
  ]);
  const out = (type: string, src: string) =>
    read(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><content type="${type}" src="${src}"/></entry></feed>`)
      .items[0]!;
  t.is(out("text/html", "/out?a=1").html, '<p><a href="https://kim.example/out?a=1">https://kim.example/out?a=1</a></p>');
  t.is(out("video/mp4", "/v").video[0]!.url, "https://kim.example/v");
  const item = read(
    rss(
      `<item><guid>https://kim.example/2026/a</guid><description>&lt;a href="b"&gt;x&lt;/a&gt;&lt;img src="/s.gif" width="1"&gt;</description></item>`,
    ),
  ).items[0]!;
  t.like(item, {
    url: "https://kim.example/2026/a",
    html: '<a href="https://kim.example/2026/b">x</a><img src="https://kim.example/s.gif" width="1">',
    photos: [],
  });
});

test("titles that say nothing are none, and the first of equal guids keeps it", (t) => {
  const titles = (title: string, text = "The heron stood still.") =>
    read(rss(`<item><title>${title}</title><description>${text}</description></item>`)).items[0]!;
  for (const title of ["", "Untitled", "The heron stood…", "2026-11-02 10:00", "Mon, 02 Nov 2026 10:00:00 GMT", "Kim: something"])
    t.is(titles(title).title, "", title);
  t.like(titles("Herons &amp; others"), { title: "Herons & others", writtenTitle: "Herons & others" });
  const twice = (link: string) => `<item><guid isPermaLink="false">x</guid><link>https://kim.example/${link}</link></item>`;
  t.deepEqual(
    read(rss(twice("1") + twice("2") + twice("2"))).items.map(({ key }) => key),
    ["x", "x|https://kim.example/2", "x|2"],
  );
  t.is(
    read(rss(`<item><guid isPermaLink="false">https://kim.example/no</guid><title>A</title></item>`)).items[0]!.key,
    "https://kim.example/no",
  );
});

test("plain HTML is written again at once, and as a parser would; what is not plain is left to the parser", (t) => {
  const base = "https://kim.example/a/b";
  const plain = [
    `<p>It's "so" &amp; &lt;b&gt; &#8217;&#38;&nbsp;> <a href='../x?a=1&amp;b=2' title="a'b">x</a><br/>\n<img src="y.jpg" width="200" alt="A &amp; B" src="z"></p>`,
    "&amp; first, then <ul><li>one</li><li><p>two</p></li></ul><hr><video controls src=v.mp4></video>".replace(
      "src=v.mp4",
      'src="v.mp4"',
    ),
    '<img srcset="a 1x, b 2x" src="a"><table><tbody><tr><td>x</td></tr></tbody></table>',
    "",
  ];
  const others = [
    "&copy at first",
    "&",
    "x &#150; y",
    "&#55357;",
    "a < b",
    "<p>one<p>two",
    "<li>a<li>b",
    "<b><i>x</b></i>",
    "</p>",
    "<b>open",
    "<a href=x>y</a>",
    "<P>x</P>",
    "<script>'<b>'</script>",
    "<!-- x --><b>y</b>",
    '<a b="1"c="2">x</a>',
    '<a href="x',
    "<div/>x",
    "<svg><p>x</p></svg>",
    "<a><a>x</a></a>",
    `${"<b>".repeat(600)}x${"</b>".repeat(600)}`,
  ];
  for (const html of [...plain, ...others]) {
    const quick = workOf(base);
    const written = quickMarkup(html, quick);
    t.is(written !== null, plain.includes(html), html);
    const parsed = parsedMarkup(html, workOf(base));
    if (written) t.deepEqual({ ...written, photos: quick.photos }, parsed, html);
    t.deepEqual(absoluteMarkup(html, base), parsed, html);
  }
});

test("JSON Feed and h-feed", (t) => {
  const json = read(
    JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "Kim",
      hubs: [{ type: "WebSub", url: "https://hub.example/" }],
      items: [
        {
          id: 5,
          url: "/5",
          content_text: "Hi <b> https://lee.example/x.\n\nTwo",
          attachments: [{ url: "a.mp3", mime_type: "audio/mpeg", size_in_bytes: 9 }],
        },
      ],
    }),
  );
  t.like(json, { kind: "json", hubs: ["https://hub.example/"] });
  t.like(json.items[0], {
    key: "5",
    html: '<p>Hi &lt;b&gt; <a href="https://lee.example/x">https://lee.example/x</a>.</p><p>Two</p>',
  });
  t.like(json.items[0]!.audio[0], { url: "https://kim.example/a.mp3", bytes: 9 });
  const page = read(
    '<!doctype html><div class="h-feed"><h1 class="p-name">Kim</h1><div class="h-entry"><a class="u-url" href="/1"></a><time class="dt-published" datetime="2026-11-02T10:00:00+01:00"></time><div class="e-content">Hello <b>you</b></div></div></div>',
  );
  t.like(page, { kind: "h-feed", title: "Kim" });
  t.like(page.items[0], {
    key: "https://kim.example/1",
    title: "",
    html: "Hello <b>you</b>",
    publishedAt: "2026-11-02T09:00:00.000Z",
  });
});

test("letters are read in the order mark, header, declaration, UTF-8, windows-1252", (t) => {
  const declared = (label: string, text: string) => Buffer.from(`<?xml version="1.0" encoding="${label}"?>${text}`, "latin1");
  t.regex(decodeFeed(declared("iso-8859-1", "é")), /é/);
  t.regex(decodeFeed(Buffer.from(`<?xml version="1.0" encoding="iso-8859-1"?>é`), "text/xml; charset=utf-8"), /é/);
  t.regex(decodeFeed(declared("iso-8859-1", "é"), "text/xml; charset=us-ascii"), /é/);
  t.regex(
    decodeFeed(
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('<?xml encoding="koi8-r"?>é')]),
      "text/xml; charset=koi8-r",
    ),
    /é/,
  );
  t.is(decodeFeed(Buffer.from("caf\xe9", "latin1")), "café");
  t.regex(decodeFeed(Buffer.from('<!doctype html><meta charset="windows-1251"><p>\xcf\xf0', "latin1"), "text/html"), /Пр/);
  t.regex(decodeFeed(Buffer.from('<html><meta content="text/html; charset=iso-8859-2"><p>\xb1', "latin1")), /ą/);
  t.regex(decodeFeed(Buffer.from("<rss>é", "utf16le")), /^<rss>é/);
  t.regex(decodeFeed(Buffer.from("<rss>é", "utf8"), "text/xml; charset=no-such"), /é/);
});

test("dates as feeds write them", (t) => {
  const dates: Readonly<Record<string, string>> = {
    "Mon, 02 Nov 2026 10:00:00 GMT": "2026-11-02T10:00:00.000Z",
    "02 Nov 26 10:00 EST": "2026-11-02T15:00:00.000Z",
    "Mo, 2 Dez 2026 10:00:00 +0100": "2026-12-02T09:00:00.000Z",
    "2026-11-02T10:00:00.5+05:30": "2026-11-02T04:30:00.500Z",
    "2026-11-02 10:00": "2026-11-02T10:00:00.000Z",
    "2026-11": "2026-11-01T00:00:00.000Z",
    "Thu Jan  1 12:00:00 2004": "2004-01-01T12:00:00.000Z",
    "January 5, 2024 3:04 PM": "2024-01-05T15:04:00.000Z",
    "Mon, 01 Jan 1900 00:00:00 GMT": "1970-01-01T00:00:00.000Z",
    "0001-01-01T00:00:00Z": "",
    yesterday: "",
    "": "",
    "-0001-11-30": "",
    "99 Nov 2026": "",
  };
  for (const [written, at] of Object.entries(dates)) t.is(feedDate(written), at, written);
});

test.serial("hostile feeds end in an answer or in null, bounded, and their HTML can be made clean", async (t) => {
  const ask = (text: string | Uint8Array) => parseFeed(typeof text === "string" ? Buffer.from(text) : text, { url: place });
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>${rss("<item><title>&b;&f;</title></item>")}`;
  t.notRegex((await ask(bomb))!.items[0]!.title, /aaaa|root:/);
  t.is(await ask(new Uint8Array(50_000_000)), null);
  t.is(await ask(gzipSync(Buffer.alloc(50_000_000, 32))), null);
  t.true((await ask(rss("<item>".repeat(200_000))))!.isCut);
  const many = await ask(
    rss(
      Array.from(
        { length: 10_000 },
        (_, at) =>
          `<item><guid>${at}</guid><pubDate>${new Date(Date.UTC(2020, 0, 1) + at * 60_000).toUTCString()}</pubDate></item>`,
      ).join(""),
    ),
  );
  t.is(many?.items.length, 1_000);
  t.is(many?.items[0]!.key, "9999");
  const evil = await ask(
    rss(
      `<item><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><link>javascript:alert(1)</link><description><![CDATA[<img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a><iframe src="https://x.example"></iframe>\0]]></description></item>`,
    ),
  );
  t.is(evil?.items[0]!.url, "");
  t.notRegex(sanitise(evil!.items[0]!.html, "reader"), /onerror|javascript|iframe/);
  for (const text of ["", "<", "{", "<rss", "\0\0\0", "<?xml?>", "[1]", "{}", '{"items":[null,1,{}],"title":{}}'])
    await t.notThrowsAsync(ask(text));
  t.is((await ask(rss("")))?.title, "Kim");
});
