import test from "ava";
import { bookmarkedUrl, tagsOf, webUrl, withTags } from "./bookmark-of.ts";
import { fetchPage } from "./fetch-page.ts";
import { NetscapeReader } from "./netscape-read.ts";
import { placeOf, withPassages } from "./passages.ts";
import { cleanTags } from "./tags.ts";
import { withoutPictures } from "./without-pictures.ts";

test("the page a post keeps is read from every form of the property, and only addresses of the web are one", (t) => {
  const cite = { type: ["h-cite"], properties: { url: ["https://lee.example/a"], name: ["A"] } };
  for (const value of ["https://lee.example/a", ["https://lee.example/a"], cite, [cite], { value: "https://lee.example/a" }])
    t.is(bookmarkedUrl({ "bookmark-of": value as never }), "https://lee.example/a");
  for (const value of [
    "javascript:alert(1)",
    "/a",
    "",
    "https://kim:pw@lee.example/",
    `https://lee.example/${"x".repeat(3000)}`,
    "ftp://lee.example",
    null,
    3,
    {},
  ])
    t.is(bookmarkedUrl({ "bookmark-of": value as never }), null);
  t.is(bookmarkedUrl({}), null);
  t.is(webUrl(" HTTPS://Lee.example "), "https://lee.example/");
});

test("tags are small letters, each once, twenty at most, and stand beside what else the property says", (t) => {
  t.deepEqual(cleanTags("Reading, #Birds , reading,, a  b، طيور"), ["reading", "birds", "a b", "طيور"]);
  t.deepEqual(cleanTags(["x,y", 3, null, "\ud800"]), ["x", "y", "\ufffd"]);
  t.is(cleanTags(Array.from({ length: 50 }, (_, n) => `t${n}`)).length, 20);
  t.is([...cleanTags("🐦".repeat(80))[0]!].length, 50);
  t.deepEqual(withTags({ properties: { bookmarks: { tags: ["a"], other: 1 } } }, ["b"]), { other: 1, tags: ["b"] });
  t.is(withTags({ properties: { bookmarks: { tags: ["a"] } } }, []), null);
  t.deepEqual(tagsOf({ bookmarks: { tags: ["A"] } }), ["a"]);
});

test("passages are found across elements and white space, and drawn without breaking the markup", (t) => {
  const html = "<p>The <b>grey</b>\n heron &amp; the\n\n reeds.</p><ul><li>one</li><li>two</li></ul>";
  const draw = (quote: string, lead = "") => withPassages(html, [{ quote, lead }], () => "h-1");
  t.is(
    draw("grey heron & the"),
    '<p>The <b><mark id="h-1">grey</mark></b><mark>\n heron &amp; the</mark>\n\n reeds.</p><ul><li>one</li><li>two</li></ul>',
  );
  t.is(
    draw("reeds. one two"),
    '<p>The <b>grey</b>\n heron &amp; the\n\n <mark id="h-1">reeds.</mark></p><ul><li><mark>one</mark></li><li><mark>two</mark></li></ul>',
  );
  t.is(draw("not there"), html);
  const twice = '<p>a bird, a bird, a <i title="x > y">bird</i></p>';
  t.is(
    withPassages(twice, [{ quote: "bird", lead: "a bird, a" }], () => "h"),
    '<p>a bird, a <mark id="h">bird</mark>, a <i title="x > y">bird</i></p>',
  );
  t.is(
    withPassages(
      twice,
      [
        { quote: "bird", lead: "" },
        { quote: "a bird,", lead: "" },
      ],
      (n) => `h${n}`,
    ),
    '<p><mark id="h1">a bird,</mark> a bird, a <i title="x > y">bird</i></p>',
  );
  t.truthy(placeOf("<p>caf&#233; &nbsp;x 🐦&#x1f426;</p>", "café x 🐦🐦"));
  t.is(placeOf(html, ""), null);
});

test("a long copy is read in time that grows with its length only", (t) => {
  const html = `<p>${"word <i>and</i> space\n ".repeat(25_000)}end</p>`;
  t.is(placeOf(html, "space end")?.until, placeOf(html, "end")?.until);
});

test("pictures, sound and film go; what they show in words stays", (t) => {
  const html =
    '<figure><img src="https://lee.example/h.jpg" alt="A heron &gt; a crow" width="3"><figcaption>Morning</figcaption></figure><p><img src="https://lee.example/x.gif" alt=""></p><video src="https://lee.example/v.mp4" controls></video><p>Text</p>';
  t.is(withoutPictures(html), "<figure><span>[A heron &gt; a crow]</span><figcaption>Morning</figcaption></figure><p>Text</p>");
});

test("a browser's file is read in pieces of any size: folders, tags, dates, descriptions, privacy", (t) => {
  const file = `<!DOCTYPE NETSCAPE-Bookmark-file-1><TITLE>B</TITLE><H1>B</H1><DL><p>
<DT><H3 ADD_DATE="1">Birds</H3><DL><p><DT><A HREF="https://lee.example/?a=1&amp;b=2" ADD_DATE="1700000000" TAGS="Heron,grey">Lee &amp; I</A>
<DD>Quite good
<DT><A HREF="https://ana.example/" PRIVATE="0" ADD_DATE="99999999999">Ana</A></DL><p>
<DT><A HREF="javascript:alert(1)">Bad</A><DT><A HREF="place:x">Bad</A><DT><A HREF="https://kim.example/">Kim</A></DL><p>`;
  const read = (size: number) => {
    const reader = new NetscapeReader(new Date("2026-05-01T12:00:00Z"));
    const found = [];
    for (let at = 0; at < file.length; at += size) found.push(...reader.take(file.slice(at, at + size)));
    return [...found, ...reader.rest()];
  };
  const whole = read(10_000);
  t.deepEqual(
    whole.map(({ url }) => url),
    ["https://lee.example/?a=1&b=2", "https://ana.example/", "https://kim.example/"],
  );
  t.like(whole[0]!.draft, {
    title: "Lee & I",
    content: "Quite good",
    visibility: "private",
    publishedAt: "2023-11-14T22:13:20.000Z",
  });
  t.deepEqual(tagsOf(whole[0]!.draft.properties), ["heron", "grey", "birds"]);
  t.is(whole[1]!.draft.visibility, "public");
  t.is(whole[1]!.draft.publishedAt, undefined);
  t.deepEqual(tagsOf(whole[2]!.draft.properties), []);
  for (const size of [1, 7, 64]) t.deepEqual(read(size), whole);
});

test("what the guarded fetch refuses is told apart: a private address for good, a slow server for now", async (t) => {
  const refusing = (reason: string) => ({ fetch: () => Promise.reject(Object.assign(new Error("no"), { reason })) });
  for (const [reason, said, isPassing] of [
    ["address", "address", false],
    ["port", "address", false],
    ["redirects", "address", false],
    ["too-large", "too-large", false],
    ["timeout", "unreachable", true],
    ["network", "unreachable", true],
  ] as const)
    t.like(await fetchPage(refusing(reason), "https://lee.example/"), { ok: false, reason: said, isPassing });
});
