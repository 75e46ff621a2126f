import test from "ava";
import { XmlError, type XmlLimits, parseXml, readXml } from "./xml.ts";
import { xmlAttribute, xmlText } from "./xml-write.ts";

/** Writes what was heard as one line, so that a test can show a document and its reading side by side. */
async function heard(source: string | Uint8Array, limits?: XmlLimits, chunk = 1_000_000): Promise<string> {
  const bytes = typeof source === "string" ? Buffer.from(source) : source;
  const pieces = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, at) => bytes.subarray(at * chunk, (at + 1) * chunk));
  let line = "";
  await readXml(
    pieces,
    {
      onOpen: ({ local, uri, attributes }) =>
        (line += `<${uri ? `{${uri}}` : ""}${local}${Object.entries(attributes)
          .map(([k, v]) => ` ${k}=${v}`)
          .join("")}>`),
      onText: (text) => (line += text),
      onClose: (name) => (line += `</${name}>`),
    },
    limits,
  );
  return line;
}

const FEED = `<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="urn:atom" xmlns:m="urn:m"><m:a href="x?a=1&amp;b=2">ü &lt;b&gt;<![CDATA[<i>&amp;]]></m:a></feed>`;
const HEARD = `<{urn:atom}feed xmlns=urn:atom xmlns:m=urn:m><{urn:m}a href=x?a=1&b=2>ü <b><i>&amp;</m:a></feed>`;

for (const chunk of [1, 2, 7, 1_000]) {
  test(`a document cut every ${chunk} bytes reads the same`, async (t) => t.is(await heard(FEED, {}, chunk), HEARD));
}

test("without namespaces names stay as written", async (t) => {
  t.is(await heard("<wp:a b='1'>x</wp:a>", { namespaces: false }), "<wp:a b=1>x</wp:a>");
});

const encodings: [title: string, bytes: Uint8Array][] = [
  ["UTF-8 with a byte order mark", Buffer.from("\ufeff<a>“é</a>")],
  [
    "Windows-1252",
    Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="windows-1252"?><a>'),
      Buffer.from([0x93, 0xe9]),
      Buffer.from("</a>"),
    ]),
  ],
  [
    "ISO-8859-1",
    Buffer.concat([
      Buffer.from("<?xml version='1.0' encoding='ISO-8859-1'?><a>"),
      Buffer.from([0x93, 0xe9]),
      Buffer.from("</a>"),
    ]),
  ],
  ["UTF-16", Buffer.from("\ufeff<a>“é</a>", "utf16le")],
];

for (const [title, bytes] of encodings) {
  test(`${title} is understood`, async (t) => t.is(await heard(bytes, {}, 5), "<a>“é</a>"));
}

const LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>';
const refused: [title: string, source: string | Uint8Array, reason: XmlError["reason"], limits?: XmlLimits][] = [
  ["a billion laughs", LAUGHS, "doctype"],
  ["an external entity", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>', "doctype"],
  ["a parameter entity", '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://ana.example/">%p;]><x/>', "doctype"],
  ["101 levels", "<a>".repeat(101) + "</a>".repeat(101), "too-deep"],
  ["more bytes than allowed", `<a>${"x".repeat(100)}</a>`, "too-large", { maxBytes: 50 }],
  ["an endless text", `<a>${"x".repeat(200_000)}</a>`, "too-large", { maxPieceBytes: 70_000 }],
  ["an end missing", "<a><b></b>", "malformed"],
  ["a wrong end", "<a><b></a>", "malformed"],
  ["two roots", "<a/><b/>", "malformed"],
  ["nothing", "", "malformed"],
  ["bytes that are no UTF-8", new Uint8Array([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e]), "encoding"],
  ["a character cut at the end", Buffer.concat([Buffer.from("<a/>"), Buffer.from([0xc3])]), "encoding"],
  ["an encoding we do not know", '<?xml version="1.0" encoding="utf-7"?><a/>', "encoding"],
];

for (const [title, source, reason, limits] of refused) {
  test(`XML with ${title} is refused`, async (t) => {
    const error = await t.throwsAsync(heard(source, limits), { instanceOf: XmlError });
    t.is(error.reason, reason);
  });
}

test("an error names the line and the column", async (t) => {
  const error = await t.throwsAsync(heard("<a>\n <b></c>\n</a>"), { instanceOf: XmlError });

  t.is(error.line, 2);
  t.true(error.column >= 8 && error.column <= 9);
  t.regex(error.message, /^Line 2, column \d: /);
});

test("a DOCTYPE without definitions is ignored", async (t) => {
  t.is(await heard('<!DOCTYPE rss PUBLIC "-//N//RSS 0.91//EN" "http://x.example/rss.dtd"><rss/>'), "<rss></rss>");
});

test("unknown entities stay as text and control characters go, each with a warning", async (t) => {
  let text = "";
  const report = await readXml([Buffer.from("<a>1&nbsp;2\u00083</a>")], { onText: (part) => (text += part) });

  t.is(text, "1&nbsp;23");
  t.is(report.warnings.length, 2);
});

test("reading waits for what is done between chunks", async (t) => {
  const events: string[] = [];
  const big = `<a>${"<i/>".repeat(40_000)}</a>`;

  await readXml([Buffer.from(big)], {
    onOpen: () => events.push("open"),
    afterChunk: async () => {
      events.push("wait");
      await Promise.resolve();
      events.push("done");
    },
  });

  t.true(events.filter((event) => event === "wait").length >= 3);
  t.true(events.every((event, at) => event !== "wait" || events[at + 1] === "done"));
});

test("attributes named like object internals are only attributes", async (t) => {
  t.is(await heard('<a __proto__="x" constructor="y"/>'), "<a __proto__=x constructor=y></a>");
});

test("written text and attributes survive being read, without what XML forbids", async (t) => {
  const nasty = "a&b<c>d\"e'f]]>g\u0000h\u001bi\ufffej\ud83d\ude00k\ud83dl\tm\nn\ro";

  const read = await heard(`<a b="${xmlAttribute(nasty)}">${xmlText(nasty)}</a>`);

  const clean = "a&b<c>d\"e'f]]>ghij\ud83d\ude00kl\tm\nn\ro";
  t.is(read, `<a b=${clean}>${clean}</a>`);
});

test("a small document can be held as a tree", (t) => {
  const root = parseXml('<?xml version="1.0" encoding="iso-8859-1"?><opml><body><outline text="Ärger"/>a<b>c</b></body></opml>');

  t.is(root.local, "opml");
  t.is(root.children[0]?.children[0]?.attributes["text"], "Ärger");
  t.is(root.text, "ac");
});

test("an empty line at the start, a prefix without namespace and a bare ampersand are forgiven", async (t) => {
  t.is(await heard('\n\n<?xml version="1.0"?><a m:b="1"><m:c/>x &y z; w</a>'), "<a m:b=1><{m}c></m:c>x &y z; w</a>");
});
