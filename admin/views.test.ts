import test from "ava";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildAssets, type Assets } from "./build.ts";
import { fromLocalInput, toLocalInput } from "./formats.ts";
import { safePath } from "./safe-path.ts";

const folder = new URL(".", import.meta.url).pathname;

test("style sheet and script are built once and stay within their budgets", async (t) => {
  const cache = mkdtempSync(join(tmpdir(), "rookery-assets-"));
  t.teardown(() => rmSync(cache, { recursive: true }));

  const built = await buildAssets(cache);
  const again = await buildAssets(cache);

  t.deepEqual(
    [...again.values()].map((one) => one.file),
    [...built.values()].map((one) => one.file),
  );
  t.true(gzipSync(built.get("style.css")!.bytes).length <= 14_000);
  // The code editor is fetched by the pages of templates and CSS only.
  const isEditor = (name: string) => name.startsWith("code-editor-");
  for (const name of built.keys())
    if (name.endsWith(".js") && !isEditor(name)) t.true(scriptBytes(built, [name]) <= 15_000, name);
  const coding = [...built.keys()].filter((name) => isEditor(name) || name.startsWith("design-"));
  t.is(coding.length, 2);
  t.true(scriptBytes(built, coding) <= 180_000, String(scriptBytes(built, coding)));
  // The composer's page has several of them.
  const composing = ["composer", "editor", "keys", "sign-out"].map((island) =>
    [...built.keys()].find((name) => name.startsWith(`${island}-`))!,
  );
  t.true(scriptBytes(built, composing) <= 15_000, String(scriptBytes(built, composing)));
  t.is(readdirSync(cache).length, 1);
});

// What a page with these islands fetches: the entry, the islands, and what they import at once.
function scriptBytes(built: Assets, islands: readonly string[]): number {
  const wanted = new Set(["admin.js", ...islands]);
  for (const name of wanted)
    for (const found of Buffer.from(built.get(name)!.bytes)
      .toString()
      .matchAll(/(?:from|import)"\.\/([\w.-]+)"/g))
      wanted.add(found[1]!);
  return [...wanted].reduce((sum, name) => sum + gzipSync(built.get(name)!.bytes).length, 0);
}

test("no view holds a style, a script or a handler of its own, and only framed documents and cleaned texts print markup", (t) => {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const views = names.filter((name) => name.endsWith(".njk"));
  const offending = views.filter((name) =>
    /<style| style="| on[a-z]+="|<script(?! type="module" src=)/.test(readFileSync(folder + name, "utf8")),
  );

  t.true(views.length > 20);
  t.deepEqual(offending, []);
  t.deepEqual(
    views.filter((name) => /\|\s*safe/.test(readFileSync(folder + name, "utf8"))),
    // What a plugin's template was drawn to, its values escaped then (plugin-screens/run-plugin-screen.ts); and the installation's
    // own terms, cleaned as any text is.
    [
      "screens/compose/preview-document.njk",
      "screens/home/part.njk",
      "screens/plugin-settings.njk",
      "screens/plugin.njk",
      "screens/site/policy.njk",
    ],
  );
});

for (const [wanted, expected] of [
  ["/b/kim.example/posts?tab=drafts", "/b/kim.example/posts?tab=drafts"],
  [null, "/"],
  ["", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/a\r\nset-cookie: x", "/"],
  ["/..//evil.example", "/"],
] as const)
  test(`after sign-in “${wanted}” leads to ${expected}`, (t) => t.is(safePath(wanted), expected));

test("a typed time belongs to the blog's zone; one that summer time skips is the one after", (t) => {
  t.is(fromLocalInput("2026-11-24T09:30", "Europe/Berlin"), "2026-11-24T08:30:00.000Z");
  t.is(fromLocalInput("2026-03-29T02:30", "Europe/Berlin"), "2026-03-29T01:30:00.000Z");
  t.is(fromLocalInput("2026-02-30T10:00", "UTC"), null);
  t.is(fromLocalInput("soon", "UTC"), null);
  t.is(toLocalInput("2026-11-24T08:30:15.000Z", "Europe/Berlin"), "2026-11-24T09:30");
});
