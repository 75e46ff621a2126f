import test from "ava";
import { sanitise } from "../sanitise.ts";
import { parseLinkHeader } from "./link-header.ts";
import { linksIn, mostOfPage, parseMicroformats, readableArticle } from "./read-page.ts";

const page = "https://kim.example/notes/1";
const urls = async (html: string, base = page) => (await linksIn(html, base))!.map(({ url }) => url);

test.serial("microformats are read with the page's address before relative ones", async (t) => {
  const html =
    '<div class="h-entry"><a class="u-in-reply-to" href="/x">to</a><p class="e-content">Hello <b>you</b></p></div><link rel="me" href="/me">';
  const found = (await parseMicroformats(html, page))!;

  t.deepEqual(found.items[0]?.type, ["h-entry"]);
  t.deepEqual(found.items[0]?.properties["in-reply-to"], ["https://kim.example/x"]);
  t.like(found.items[0]?.properties.content?.[0] as object, { html: "Hello <b>you</b>", value: "Hello you" });
  t.deepEqual(found.rels.me, ["https://kim.example/me"]);
});

test.serial("links come in the order of the page, from elements only, resolved against <base>", async (t) => {
  const html = `<!-- <a href="/comment"> --><base href="/sub/"><base href="/second/">
    <link rel="Webmention other" href="hook?a=1&amp;b=2" type="text/x"><link rel="webmention">
    <script>"<a href='/script'>"</script><template><a href="/template">x</a><template></template><img src=/t></template>
    <textarea><a href="/textarea"></textarea><style><a href="/style"></style><title><a href="/title"></title>
    &lt;a href="/escaped"&gt; <a href=unquoted rel='me nofollow'>A <b>bold</b>
    word</a><a href="">self</a><img src="a.jpg" srcset="b,1.jpg 1x, c.jpg 200w,d.jpg"><video poster=p></video>
    <blockquote cite="https://lee.example/?q=a,b">x</blockquote><object data="o"></object><a href="http://[">broken</a>`;
  const found = (await linksIn(html, page))!;

  const at = (name: string) => `https://kim.example/sub/${name}`;
  t.deepEqual(
    found.map(({ url }) => url),
    [
      at("hook?a=1&b=2"),
      at("unquoted"),
      at(""),
      at("a.jpg"),
      at("b,1.jpg"),
      at("c.jpg"),
      at("d.jpg"),
      at("p"),
      "https://lee.example/?q=a,b",
      at("o"),
    ],
  );
  t.like(found[0], { element: "link", attribute: "href", rel: ["webmention", "other"], type: "text/x" });
  t.like(found[1], { element: "a", rel: ["me", "nofollow"], text: "A bold word", written: "unquoted" });
  t.deepEqual(await urls('<a href="x">', "https://kim.example/a/b?c"), ["https://kim.example/a/x"]);
  t.deepEqual(await urls('<a href="">'), [page]);
});

test.serial("a Link header is read with its quotes, commas and several relations", (t) => {
  const read = (header: string) =>
    parseLinkHeader(header, page).map(({ url, rel }) => [new URL(url).pathname + new URL(url).search, ...rel]);

  t.deepEqual(read('</a>; rel="webmention", <b?x=1,2>; title="x, <y>; z"; rel=Other , <>;rel="self me";rel=no'), [
    ["/a", "webmention"],
    ["/notes/b?x=1,2", "other"],
    ["/notes/1", "self", "me"],
  ]);
  t.deepEqual(read("</a>;rel=x;;;  , nonsense, </b>; REL = y"), [
    ["/a", "x"],
    ["/b", "y"],
  ]);
  t.is(parseLinkHeader('</a>; title="a \\"b\\""', page)[0]?.parameters.title, 'a "b"');
  for (const broken of [
    "",
    "<",
    "<a",
    ">",
    '<a>; rel="',
    '<a>; rel="' + "\\".repeat(20_000),
    "<a>;".repeat(9_000),
    "<http://[>; rel=x",
  ])
    t.notThrows(() => read(broken), broken.slice(0, 20));
  t.is(parseLinkHeader("<a>,".repeat(4_000), page).length, 200);
});

test.serial("an article is found without what stands around it; it still has to be cleaned", async (t) => {
  const words =
    "<p>The heron stood in the water, quite still, and waited for the morning, as it did on every day of that spring.</p>";
  const html = `<html lang="en"><head><title>Heron — Kim</title></head><body><nav><a href=/>Home</a></nav><article><h1>Heron</h1>${words.repeat(8)}
    <img src="/h.jpg" onerror="alert(1)"><a href="next">next</a></article><footer>About</footer></body></html>`;
  const found = (await readableArticle(html, page))!;

  t.regex(found.title, /Heron/);
  t.is(found.language, "en");
  t.regex(found.html, /https:\/\/kim\.example\/notes\/next/);
  t.notRegex(found.html, /Home|About/);
  t.notRegex(sanitise(found.html, "untrusted"), /onerror/);
  t.is(await readableArticle("", page), null);
  t.truthy(await readableArticle(words.repeat(8), page));
});

test.serial("many pages at once are each answered with what stands in them", async (t) => {
  const paths = Array.from({ length: 30 }, (_, at) => `https://kim.example/${at}`);
  t.deepEqual(
    await Promise.all(paths.map((path) => urls(`<a href="${path}">`))),
    paths.map((path) => [path]),
  );
});

const M = mostOfPage;
const hostile: Readonly<Record<string, string>> = {
  "many links": `<p class=h-entry>${"<a href=/x class=u-url>w</a> ".repeat(M / 29)}`,
  "roots in roots": '<div class="h-entry p-x">'.repeat(M / 25),
  "open elements": "<div>".repeat(M / 5),
  "stray ends": "<b>".repeat(M / 8) + "</i>".repeat(M / 8),
  "comments that never end": "<!--".repeat(M / 4),
  "signs of less": "<".repeat(M),
  "one element with all": `<a ${"a=b ".repeat(M / 4)}>`,
  entities: "&amp;&#x110000;&#0;".repeat(M / 20),
  templates: "<template>".repeat(M / 10),
  "more than is read": "x".repeat(3 * M) + '<a href="/late">',
};

test.serial("pages made to break parsers end in an answer or in null, and nobody else waits for them", async (t) => {
  let turns = 0;
  const ticking = setInterval(() => turns++, 5);
  for (const [name, html] of Object.entries(hostile)) {
    const links = await linksIn(html, page);
    t.true(links === null || links.length <= 10_000, name);
  }
  t.is(await parseMicroformats(hostile["roots in roots"]!, page), null);
  t.is(await readableArticle(hostile["open elements"]!, page), null);
  const slow = await parseMicroformats(hostile["many links"]!, page);
  t.true(slow === null || slow.items.length === 1);
  clearInterval(ticking);
  // The event loop went on while they were read.
  t.true(turns > 10);
  t.deepEqual(await urls('<a href="/x">'), ["https://kim.example/x"]);
  t.throws(() => void linksIn("", "/relative"));
});
