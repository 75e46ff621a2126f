import test from "ava";
import { mf2 } from "microformats-parser";
import { drawSample } from "../sample/draw-sample.ts";
import { samplePages } from "../sample/sample-pages.ts";
import { bundledThemes, Themes } from "../themes/themes.ts";
import { microformatsOf, type Microformat } from "./microformats.ts";
import { readMarkup } from "./page-markup.ts";

type Item = ReturnType<typeof mf2>["items"][number];
type Bare = { types: string[]; properties: Record<string, unknown[]>; children: Bare[] };

// What the checker asks for: which properties there are and how many; texts only of addresses and times.
function ofOurs({ types, properties, children }: Microformat): Bare {
  const entries = [...properties].map(([name, values]) => [
    name,
    values.map(({ text, item }) => (item ? ofOurs(item) : shownOf(name, text))),
  ]);
  return { types: [...types].toSorted(), properties: sorted(entries), children: children.map(ofOurs) };
}

function ofTheirs({ type, properties, children }: Item): Bare {
  const entries = Object.entries(properties).map(([name, values]) => [
    name,
    values.map((value) => {
      if (typeof value === "string") return shownOf(name, value);
      if ("type" in value && value.type) return ofTheirs(value as Item);
      return shownOf(name, String((value as { value?: unknown }).value));
    }),
  ]);
  return {
    types: [...(type ?? [])].toSorted(),
    properties: sorted(entries),
    children: ((children ?? []) as Item[]).map(ofTheirs),
  };
}

const sorted = (entries: unknown[][]) =>
  Object.fromEntries((entries as [string, unknown[]][]).toSorted(([a], [b]) => a.localeCompare(b)));
const shownOf = (name: string, text: string) =>
  /^(url|uid|published|in-reply-to|photo|syndication)$/.test(name) ? absolute(text) : "";
const absolute = (text: string) => URL.parse(text, "https://kim.example/")?.href ?? text;

for (const id of ["base", "perch"])
  test(`${id}: the microformats of every sample page are those that microformats-parser reads`, (t) => {
    const chain = new Themes({ bundled: bundledThemes, installed: "/nowhere" }).chain(id);
    for (const page of samplePages(chain)) {
      const { html } = drawSample(page, chain);
      const theirs = mf2(html!, { baseUrl: "https://kim.example/" }).items.map(ofTheirs);
      t.deepEqual(microformatsOf(readMarkup(html!)).map(ofOurs), theirs, page.name);
    }
  });

test("markup is read as browsers read it: missing ends, raw text, odd attributes, stray brackets", (t) => {
  const root = readMarkup(
    `<ul><li>a<li class=x data-y='1 > 0'>b</ul><script>"<p>"</script><p>1 < 2 &amp; &#x41;</p></div><br/>end`,
  );

  t.deepEqual(
    JSON.parse(
      JSON.stringify(root.children, (_, value) => (value instanceof Map ? Object.fromEntries(value) : (value as unknown))),
    ),
    [
      {
        tag: "ul",
        attributes: {},
        children: [
          { tag: "li", attributes: {}, children: ["a"] },
          { tag: "li", attributes: { class: "x", "data-y": "1 > 0" }, children: ["b"] },
        ],
      },
      { tag: "script", attributes: {}, children: ['"<p>"'] },
      { tag: "p", attributes: {}, children: ["1 ", "<", " 2 & A"] },
      { tag: "br", attributes: {}, children: [] },
      "end",
    ],
  );
});

test("a page of a hundred thousand open elements is read in one go", (t) => {
  const root = readMarkup("<b>".repeat(100_000) + "x");

  t.is(root.children.length, 1);
});
