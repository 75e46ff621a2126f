import test from "ava";
import { mf2 } from "microformats-parser";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { contrastOf } from "../core/render/style/colors.ts";
import type { Draft } from "../core/hooks/values.ts";
import { drawSample } from "../core/render/sample/draw-sample.ts";
import { samplePages } from "../core/render/sample/sample-pages.ts";
import { testBlog } from "../core/render/testing.ts";
import { compile } from "../core/render/theme-engine/engine.ts";
import { bundledThemes, Themes } from "../core/render/themes/themes.ts";

const ids = readdirSync(bundledThemes, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);
const read = (...path: string[]) => readFileSync(join(bundledThemes, ...path), "utf8");
const filesOf = (id: string, ending: string) =>
  readdirSync(join(bundledThemes, id), { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(ending));

for (const id of ids) {
  test(`${id}: every template can be compiled and holds no script, style or handler of its own`, (t) => {
    for (const name of filesOf(id, ".njk")) {
      const source = read(id, name);
      t.notThrows(() => compile(source, name), name);
      t.notRegex(source, /<script|<style|\sstyle=|\son[a-z]+=|javascript:/i, name);
    }
  });

  test(`${id}: its style sheets stay small, fetch nothing and name no side of the page`, (t) => {
    const sheets = filesOf(id, ".css").map((name) => read(id, name));
    t.true(gzipSync(sheets.join("\n")).byteLength <= (["base", "perch"].includes(id) ? 5000 : 8192));
    for (const sheet of sheets) {
      t.notRegex(sheet, /@import|url\((?!["']?(data:|fonts\/))|!important/);
      t.notRegex(sheet, /(margin|padding|border)-(left|right|top|bottom)|(?<![-\w])(left|right|top|bottom):/);
    }
  });

  test(`${id}: its words are there in English, German, French and Spanish, with the same places to fill`, (t) => {
    const words = (language: string) => JSON.parse(read(id, "locales", `${language}.json`)) as Record<string, string>;
    const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted().join();
    for (const language of ["de", "fr", "es"]) {
      const [english, other] = [words("en"), words(language)];
      t.deepEqual(Object.keys(other).toSorted(), Object.keys(english).toSorted(), language);
      for (const key of Object.keys(english)) t.is(places(other[key] ?? ""), places(english[key] ?? ""), `${language} ${key}`);
    }
    t.true(existsSync(join(bundledThemes, id, "README.md")));
  });

  test(`${id}: every kind of post and page is drawn by it, with one h1 and sound microformats`, async (t) => {
    const blog = await testBlog(t, {
      blog: { theme: id, settings: { design: { postsPerPage: 4, footerText: "Made with *care*" } } },
    });
    const photo = (n: number) => ({
      url: `https://kim.example/media/${n}.jpg`,
      alt: n % 2 ? `Heron ${n}` : "",
      width: 800,
      height: 600,
    });
    const drafts: Draft[] = [
      { content: "A note" },
      { content: "שלום, this is `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |", language: "he" },
      { title: "x".repeat(500), content: "Long title" },
      { title: "An essay", content: "Words and words. ".repeat(400), categories: ["Birds"], summary: "About words" },
      ...[1, 2, 3, 4, 12].map((count) => ({ photos: Array.from({ length: count }, (_, at) => photo(at)) })),
      { audio: [{ url: "https://kim.example/media/1.mp3", type: "audio/mpeg", bytes: 1, title: "Song" }] },
      { content: "Yes", properties: { "in-reply-to": ["https://lee.example/1"], syndication: ["https://social.example/1"] } },
      { properties: { "bookmark-of": ["https://ana.example/1"] } },
      { properties: { "like-of": ["https://ana.example/1"] } },
      { properties: { "repost-of": ["https://ana.example/1"], location: "The pond" } },
      { kind: "page", title: "About", content: "Me" },
    ];
    const paths = ["/", "/archive", "/categories/birds", "/2026", "/2026/05", "/nowhere"];
    for (const [at, draft] of drafts.entries()) {
      blog.setNow(`2026-05-01T12:${10 + at}:00.000Z`);
      paths.push((await blog.post(draft)).path);
    }

    for (const path of paths) {
      const page = await blog.get(path);
      t.deepEqual(page.fallbacks, [], path);
      t.is(page.html?.match(/<h1[ >]/g)?.length, 1, path);
      t.is(page.html?.match(/<main[ >]/g)?.length, 1, path);
      t.regex(page.html ?? "", /class="skip" href="#content"/, path);
      t.false(/undefined|\[object|NaN/.test(page.html ?? ""), path);
      for (const entry of entriesOf(mf2(page.html ?? "", { baseUrl: "https://kim.example/" }).items)) {
        t.deepEqual(
          [entry.properties.url?.length, entry.properties.published?.length, entry.properties.author?.length],
          [1, 1, 1],
          path,
        );
      }
    }
  });
}

type Item = ReturnType<typeof mf2>["items"][number];

function entriesOf(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [
    ...(item.type?.includes("h-entry") ? [item] : []),
    ...entriesOf((item.children ?? []) as Item[]),
  ]);
}

// §9 of the reference: text, muted text, links and field borders on bg and surface. Lens underlines its links: they are text.
for (const id of ids.filter((one) => one !== "base"))
  test(`${id}: text, muted text, links and field borders keep their contrast in both schemes`, (t) => {
    const manifest = JSON.parse(read(id, "theme.json")) as { styles: string[] };
    const sheet = manifest.styles.map((path) => read(id, "assets", path)).join("\n");
    const pair = (name: string) =>
      new RegExp(`--${name}:[^;]*light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(sheet)!.slice(1);
    for (const scheme of [0, 1])
      for (const [ground, least] of Object.entries({
        bg: { text: 12.8, muted: 5.4, link: 5.6, field: 3.2 },
        // One colour of the table (Folio's text in the dark) has less than its 12.8 here.
        surface: { text: 12.6, muted: 5.4, link: 5.6, field: 3.2 },
      }))
        for (const [name, wanted] of Object.entries(least)) {
          const front = name === "link" && id === "lens" ? "text" : name;
          const contrast = contrastOf(pair(front)[scheme]!, pair(ground)[scheme]!);
          // The table gives one digit.
          t.true(Math.round(contrast * 10) / 10 >= wanted, `${name} on ${ground}, scheme ${scheme}: ${contrast}`);
        }
  });

for (const id of ids.filter((one) => one !== "base"))
  test(`${id}: it brings small pictures of itself, on a desk and on a phone`, (t) => {
    for (const [name, width, height] of [
      ["desktop", 1280, 800],
      ["mobile", 390, 844],
    ] as const) {
      const bytes = readFileSync(join(bundledThemes, id, "screenshots", `${name}.png`));
      t.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [width, height], name);
      t.true(bytes.byteLength <= 120_000, `${name}: ${bytes.byteLength} bytes`);
    }
  });

for (const id of ids)
  test(`${id}: a home page of twenty posts stays below 40 KB, and no page holds styles or scripts of its own`, (t) => {
    const chain = new Themes({ bundled: bundledThemes, installed: "/nowhere" }).chain(id);
    for (const page of samplePages(chain)) {
      const { html, errors } = drawSample(page, chain);
      t.deepEqual(errors, [], page.name);
      t.notRegex(html!, /<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:/i, page.name);
      if (page.name === "home") t.true(Buffer.byteLength(html!) <= 40_000, `${Buffer.byteLength(html!)} bytes`);
    }
  });
