import test from "ava";
import { openSite } from "../sites.testing.ts";

test("each part is kept by itself and seen at once: title, footer, posts on a page, language", async (t) => {
  const { browser, at, read, post } = await openSite(t);
  for (let n = 0; n < 3; n++) await post({ content: `Note number ${n}` });
  await browser.get(at("/settings"));

  t.is((await browser.post(at("/settings"), { title: "Herons", description: "Grey" })).location, at("/settings"));
  t.regex((await read("/")).text, /Herons/);
  await browser.post(at("/settings/footer"), { footerText: "By *Kim* – [imprint](/imprint) <script>alert(1)</script>" });
  const { text } = await read("/");
  t.regex(text, /By <em>Kim<\/em> – <a href="\/imprint"/);
  t.notRegex(text, /<script>alert/);
  await browser.post(at("/settings/writing"), { defaultVisibility: "public", scheduleSlots: "17:30 9:00", postsPerPage: "2" });
  t.is(((await read("/")).text.match(/Note number/g) ?? []).length, 2);
  t.regex((await browser.get(at("/settings/writing"))).text, /value="09:00, 17:30"/);
  await browser.post(at("/settings/language"), { language: "de", timeZone: "Europe/Berlin" });
  t.regex((await read("/")).text, /<html lang="de"/);
  t.regex((await browser.get(at("/settings/language"))).text, /value="Europe\/Berlin" selected/);
  t.regex((await browser.get(at("/settings"))).text, /value="Herons"/);
});

test("in another time zone a post near midnight stands in the archive of its new month", async (t) => {
  const { browser, at, read, post } = await openSite(t);
  await post({ content: "A heron at midnight", publishedAt: "2026-02-28T23:30:00.000Z" });
  t.is((await read("/2026/02")).status, 200);
  await browser.get(at("/settings/language"));

  await browser.post(at("/settings/language"), { language: "en", timeZone: "Asia/Tokyo" });

  t.regex((await read("/2026/03")).text, /A heron at midnight/);
  t.is((await read("/2026/02")).status, 404);
});

test("what cannot be comes back as it was typed, beside its field", async (t) => {
  const { browser, at } = await openSite(t);
  await browser.get(at("/settings"));
  const writing = { defaultVisibility: "public", scheduleSlots: "", postsPerPage: "" };
  const cases = [
    ["/settings", { title: " ", description: "Kept <b>" }, "title", "Kept &lt;b&gt;"],
    ["/settings/writing", { ...writing, scheduleSlots: "noon" }, "scheduleSlots", 'value="noon"'],
    ["/settings/writing", { ...writing, scheduleSlots: "25:00" }, "scheduleSlots", 'value="25:00"'],
    ["/settings/writing", { ...writing, postsPerPage: "0" }, "postsPerPage", 'value="0"'],
    ["/settings/writing", { ...writing, defaultVisibility: "everybody" }, "defaultVisibility", "Choose who sees"],
    ["/settings/language", { language: "not a language", timeZone: "UTC" }, "language", "language tag"],
    ["/settings/language", { language: "en", timeZone: "Mars/Olympus" }, "timeZone", "Mars/Olympus"],
    ["/settings/footer", { footerText: "x".repeat(2001) }, "footerText", "2,000"],
    ["/settings/not-found", { kind: "text", text: "", page: "" }, "text", "Write what readers"],
    ["/settings/not-found", { kind: "page", text: "Kept", page: "nonsense" }, "page", "Kept"],
  ] as const;

  for (const [path, fields, field, shown] of cases) {
    const page = await browser.post(at(path), fields as unknown as Record<string, string>);
    t.is(page.status, 422, path);
    t.true(page.text.includes(`href="#${field}"`), `${path} ${field}`);
    t.true(page.text.includes(shown), `${path} ${shown}`);
    t.regex(page.text, /<title>Error: /);
  }
});

test("where nothing is readers see the theme's words, one's own, or a page, and it stays 404", async (t) => {
  const { browser, at, read, post } = await openSite(t);
  const lost = await post({ kind: "page", title: "Lost", content: "Try the archive." });
  await browser.get(at("/settings/not-found"));

  await browser.post(at("/settings/not-found"), { kind: "text", text: "No *birds* here.", page: "" });
  t.like(await read("/nothing"), { status: 404 });
  t.regex((await read("/nothing")).text, /No <em>birds<\/em> here/);
  t.regex((await browser.get(at("/settings/not-found"))).text, /No \*birds\* here/);
  await browser.post(at("/settings/not-found"), { kind: "page", text: "", page: lost.id });
  t.is((await read("/nothing")).status, 404);
  t.regex((await read("/nothing")).text, /Try the archive/);
  await browser.post(at("/settings/not-found"), { kind: "theme", text: "", page: "" });
  t.notRegex((await read("/nothing")).text, /Try the archive/);
});

test("a blog is kept from search engines on every page, in robots.txt, and has no sitemap", async (t) => {
  const { browser, at, read } = await openSite(t);
  t.is((await read("/sitemap.xml")).status, 200);
  t.regex((await read("/robots.txt")).text, /Allow: \//);
  await browser.get(at("/settings/privacy"));

  await browser.post(at("/settings/privacy"), { hideFromSearch: "on" });

  t.regex((await read("/")).text, /name="robots" content="noindex"/);
  t.regex((await read("/robots.txt")).text, /Disallow: \//);
  t.notRegex((await read("/robots.txt")).text, /Sitemap/);
  t.is((await read("/sitemap.xml")).status, 404);
  t.regex((await browser.get(at("/settings/privacy"))).text, /name="hideFromSearch"[^>]* checked/);
  await browser.post(at("/settings/privacy"), {});
  t.notRegex((await read("/")).text, /noindex/);
});

test("what is new is as visible as the blog wants it, unless its author says otherwise; pages stay public", async (t) => {
  const { browser, at, post } = await openSite(t);
  await browser.get(at("/settings/writing"));
  await browser.post(at("/settings/writing"), { defaultVisibility: "unlisted", scheduleSlots: "", postsPerPage: "" });

  t.is((await post({ content: "A heron" })).visibility, "unlisted");
  t.is((await post({ content: "A heron", visibility: "public" })).visibility, "public");
  t.is((await post({ kind: "page", title: "About" })).visibility, "public");
});

test("the menu of parts leads to every part, and to each plugin that has something to set here", async (t) => {
  const { browser, at } = await openSite(t);

  const { text } = await browser.get(at("/settings"));

  for (const part of ["", "/writing", "/language", "/footer", "/not-found", "/privacy", "/domain", "/danger", "/log"])
    t.true(text.includes(`href="${at(`/settings${part}`)}"`), part);
  t.true(text.includes(`href="${at("/settings/plugins/sitemap")}"`));
  t.regex(text, /aria-current="page">General</);
});

test("two who change the same words never overwrite each other unseen: the second is told, keeps what was typed, and decides", async (t) => {
  const { browser, at } = await openSite(t);
  const began = async (path: string) => /name="began" value="(\w+)"/.exec((await browser.get(path)).text)![1]!;
  const cases = [
    [at("/settings"), (text: string) => ({ title: "Herons", description: text })],
    [at("/settings/footer"), (text: string) => ({ footerText: text })],
    [at("/settings/not-found"), (text: string) => ({ kind: "text", page: "", text })],
    ["/admin/settings/texts", (text: string) => ({ "s-terms": "", "s-privacy": text })],
  ] as const;

  for (const [path, words] of cases) {
    const seen = { began: await began(path) };
    t.is((await browser.post(path, { ...words("By Kim."), ...seen })).status, 303, path);
    t.is((await browser.post(path, { ...words("By Kim."), ...seen })).status, 303, `${path}, the same form twice`);

    const late = await browser.post(path, { ...words("By Lee."), ...seen });
    t.is(late.status, 409, path);
    t.regex(late.text, /Somebody saved something else here meanwhile/);
    t.regex(late.text, />\s*By Lee\.<\/textarea>/);
    t.regex((await browser.get(path)).text, />\s*By Kim\.<\/textarea>/);

    const again = /name="began" value="(\w+)"/.exec(late.text)![1]!;
    t.is((await browser.post(path, { ...words("By Lee."), began: again })).status, 303, `${path}, on purpose`);
    t.regex((await browser.get(path)).text, />\s*By Lee\.<\/textarea>/);
  }
});
