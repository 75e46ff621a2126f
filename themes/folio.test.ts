import test, { type ExecutionContext } from "ava";
import type { Draft } from "../core/hooks/values.ts";
import { testBlog } from "../core/render/testing.ts";

const essay: Draft = { title: "Reading a river", content: "It arrives." };

/** A blog of Kim's in Folio with these settings. */
async function folio(t: ExecutionContext, values: Record<string, string | boolean> = {}, drafts: readonly Draft[] = []) {
  const blog = await testBlog(t, { blog: { theme: "folio", settings: { design: { themes: { folio: values } } } } });
  for (const [at, draft] of drafts.entries()) {
    blog.setNow(`2026-05-01T12:${10 + at}:00.000Z`);
    await blog.post(draft);
  }
  return { page: async (path: string) => (await blog.get(path)).html ?? "" };
}

const bodyOf = (page: string) => /<body class="([^"]*)"/.exec(page)?.[1]?.split(" ") ?? [];

test("Folio: large letter, notes in the margin and justified lines are each switched by their setting", async (t) => {
  const usual = bodyOf(await (await folio(t)).page("/"));
  t.deepEqual(
    ["drop-cap", "sidenotes", "justify"].map((name) => usual.includes(name)),
    [true, true, false],
  );
  const changed = bodyOf(await (await folio(t, { drop_cap: false, sidenotes: false, justify: true })).page("/"));
  t.deepEqual(
    ["drop-cap", "sidenotes", "justify"].map((name) => changed.includes(name)),
    [false, false, true],
  );
});

test("Folio: essays are listed with their titles, notes gather in the marginalia", async (t) => {
  const { page } = await folio(t, {}, [{ content: "A heron." }, essay]);
  const home = await page("/");
  t.regex(home, /<div class="essays">[^]*Reading a river[^]*<section class="marginalia"[^]*A heron\./);
});

test("Folio: a home page without notes lists essays and leads to the archive", async (t) => {
  const { page } = await folio(t, { home_notes: false }, [{ content: "A heron." }, essay]);
  const home = await page("/");
  t.regex(home, /Reading a river/);
  t.notRegex(home, /A heron\.|class="marginalia"/);
  t.regex(home, /class="onward"><a href="https:\/\/kim\.example\/archive"/);
});

test("Folio: the chosen picture stands above the title, on the home page only", async (t) => {
  const { page } = await folio(t, { cover: "https://kim.example/media/river.jpg" }, [essay]);
  t.regex(await page("/"), /<img class="cover" src="https:\/\/kim\.example\/media\/river\.jpg" alt=""/);
  t.notRegex(await page("/archive"), /class="cover"/);
  t.notRegex(await (await folio(t)).page("/"), /class="cover"/);
});

test("Folio: in the archive the oldest year is the first chapter, with its essays under it", async (t) => {
  const { page } = await folio(t, {}, [
    { title: "Old", content: "x", publishedAt: "2024-03-01T12:00:00.000Z" },
    { title: "New", content: "x", publishedAt: "2026-03-01T12:00:00.000Z" },
  ]);
  t.regex(await page("/archive"), /value="2">[^]*2026[^]*New[^]*value="1">[^]*2024[^]*Old/);
});
