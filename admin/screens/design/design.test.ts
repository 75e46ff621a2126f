import test from "ava";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import type { Page } from "../../testing.ts";
import { openSite } from "../sites.testing.ts";

type Site = Awaited<ReturnType<typeof openSite>>;

const value = (page: Page, name: string) =>
  new RegExp(`name="${name}" (?:type="hidden" )?value="([^"]*)"`).exec(page.text)?.[1] ?? "";
const frame = (page: Page) => (/<iframe[^>]* src="([^"]+)"/.exec(page.text)?.[1] ?? "").replaceAll("&amp;", "&");

// Every field of the form as a browser would send it, with some of them changed.
function fieldsOf(page: Page, changes: Record<string, string> = {}): Record<string, string> {
  const form = page.text.slice(page.text.indexOf('id="design-form"'));
  const found: Record<string, string> = {};
  for (const [, tag] of form.matchAll(/<(input [^>]*)>/g)) {
    const name = /name="([^"]+)"/.exec(tag!)?.[1];
    const isOff = /type="(radio|checkbox)"/.test(tag!) && !/ checked/.test(tag!);
    if (name && name !== "csrf" && !isOff && !/type="file"/.test(tag!)) found[name] = /value="([^"]*)"/.exec(tag!)?.[1] ?? "";
  }
  for (const [, name, inner] of form.matchAll(/<select[^>]* name="([^"]+)"[^>]*>([^]*?)<\/select>/g))
    found[name!] = /value="([^"]*)" selected/.exec(inner!)?.[1] ?? "";
  for (const [, name, inner] of form.matchAll(/<textarea[^>]* name="([^"]+)"[^>]*>\n?([^]*?)<\/textarea>/g))
    found[name!] = inner!;
  return { ...found, "shown-width": "", ...changes };
}

const shown = async ({ read }: Pick<Site, "read">, url: string) => {
  const address = new URL(url);
  return read(address.pathname + address.search);
};

async function opened(t: Parameters<typeof openSite>[0]) {
  const site = await openSite(t);
  await site.post({ content: "A heron at the water, early, before anybody else was there." });
  const at = site.at("/design");
  const page = await site.browser.get(at);
  return { ...site, at, page };
}

const actions = async ({ house }: Pick<Site, "house">) =>
  (
    await house.storage.query("SELECT action FROM audit_log WHERE action LIKE '%design%' OR action LIKE '%theme%' ORDER BY id")
  ).map(({ action }) => action);

test("settings are shown on the blog's own pages before they are saved, and on readers' pages after", async (t) => {
  const site = await opened(t);
  const { browser, at, page, read } = site;
  t.regex(page.text, /sandbox="allow-same-origin"/);

  const tried = await browser.post(at, fieldsOf(page, { "s-coreFooter": "Made by hand", intent: "preview", page: "short" }));
  t.is(tried.status, 200);
  t.regex(tried.text, /Made by hand<\/textarea>/);
  t.regex(frame(tried), /heron[^?]*\?rk-preview=/);
  t.regex((await shown(site, frame(tried))).text, /Made by hand/);
  t.notRegex((await read("/")).text, /Made by hand/);

  const saved = await browser.post(at, fieldsOf(tried, { intent: "save" }));
  t.is(saved.status, 303);
  t.regex((await read("/")).text, /Made by hand/);
  t.true((await actions(site)).includes("design.saved"));
});

test("the frame is open on the design page only, for the blog's host only", async (t) => {
  const { url, browser, page } = await opened(t);
  const answer = await browser.script("GET", "/b/kim.localhost/design", undefined, { accept: "text/html" });

  t.regex(
    answer.headers.get("content-security-policy") ?? "",
    new RegExp(`frame-src http://kim\\.localhost:${new URL(url).port};`),
  );
  t.notRegex(page.text, /<script(?! type="module" src)/);
});

test("a script gets an address to show, or the sentence that is wrong", async (t) => {
  const site = await opened(t);
  const { browser, at, page } = site;
  const ask = (changes: Record<string, string>) => {
    const body = new URLSearchParams(fieldsOf(page, changes)).toString();
    const type = { "content-type": "application/x-www-form-urlencoded" };
    return browser.script("POST", `${at}/preview`, `${body}&csrf=${value(page, "csrf")}`, type);
  };

  const sound = await ask({ "s-coreFooter": "Made by hand", page: "missing" });
  t.is(sound.status, 200);
  const missing = await shown(site, String(sound.json!.url));
  t.is(missing.status, 404);
  t.regex(missing.text, /Made by hand/);
  const wrong = await ask({ "s-coreAccent": "reddish" });
  t.is(wrong.status, 422);
  t.regex(String(wrong.json!.message), /Accent colour must be a colour/);
});

test("values of the wrong kind come back with everything that was typed", async (t) => {
  const { browser, at, page, read } = await opened(t);
  const wrong = { "s-coreAccent": "url(x)", "s-corePerPage": "many", "s-coreScheme": "purple", "s-coreFooter": "Kept & quoted" };

  const refused = await browser.post(at, fieldsOf(page, { ...wrong, intent: "save" }));

  t.is(refused.status, 422);
  t.regex(refused.text, /<title>Error: Design/);
  for (const name of ["s-coreAccent", "s-corePerPage", "s-coreScheme"]) t.regex(refused.text, new RegExp(`href="#${name}"`));
  t.regex(refused.text, /value="url\(x\)"/);
  t.regex(refused.text, /value="many"/);
  t.regex(refused.text, /Kept &amp; quoted<\/textarea>/);
  t.notRegex((await read("/")).text, /Kept/);
  t.is((await browser.post(at, fieldsOf(page, { "s-corePerPage": "101", intent: "save" }))).status, 422);
  t.is((await browser.post(at, fieldsOf(page, { "s-coreFooter": "x".repeat(2001), intent: "save" }))).status, 422);
});

test("who saved another look meanwhile is not overwritten unseen", async (t) => {
  const { browser, at, page, read } = await opened(t);
  await browser.post(at, fieldsOf(page, { "s-coreFooter": "Theirs", intent: "save" }));

  const late = await browser.post(at, fieldsOf(page, { "s-coreFooter": "Mine", intent: "save" }));
  t.is(late.status, 409);
  t.regex(late.text, /Somebody saved another look meanwhile/);
  t.regex(late.text, /Mine<\/textarea>/);
  t.regex((await read("/")).text, /Theirs/);

  t.is((await browser.post(at, fieldsOf(late, { "s-coreFooter": "Mine", intent: "save" }))).status, 303);
  t.regex((await read("/")).text, /Mine/);
});

test("a group goes back to its defaults in the form, and counts when it is saved", async (t) => {
  const { browser, at, page } = await opened(t);
  await browser.post(at, fieldsOf(page, { "s-corePerPage": "7", "s-coreAccent": "#aa0000", intent: "save" }));
  const before = await browser.get(at);
  t.regex(before.text, /value="#aa0000"/);

  const reset = await browser.post(at, fieldsOf(before, { intent: "reset:coreAccent" }));
  t.is(reset.status, 200);
  t.regex(reset.text, /<details class="fold" open><summary>For every theme/);
  t.regex((await browser.get(at)).text, /value="#aa0000"/);
  await browser.post(at, fieldsOf(reset, { intent: "save" }));
  const after = await browser.get(at);
  t.notRegex(after.text, /value="#aa0000"/);
  t.regex(after.text, /id="s-corePerPage"[^>]* value="20"/);
});

test("another theme is tried on with the blog's own posts, set, and activated; the old one's settings wait", async (t) => {
  const site = await opened(t);
  const { browser, at, page, read } = site;
  t.regex(page.text, /href="\/b\/kim\.localhost\/design\?theme=folio"/);
  await browser.post(at, fieldsOf(page, { "s-profile": "side", intent: "save" }));

  const trying = await browser.get(`${at}?theme=folio`);
  t.regex(trying.text, /Readers do not see it until you activate it/);
  t.regex((await shown(site, frame(trying))).text, /\/assets\/folio\//);
  t.notRegex((await read("/")).text, /\/assets\/folio\//);

  t.is((await browser.post(at, fieldsOf(trying, { intent: "save" }))).status, 303);
  t.regex((await read("/")).text, /\/assets\/folio\//);
  const back = await browser.get(`${at}?theme=perch`);
  t.regex(back.text, /value="side" (checked|selected)/);
  t.is((await browser.get(`${at}?theme=gone`)).status, 422);
  t.is((await browser.get(`${at}?theme=base`)).status, 422);
  t.is((await browser.post(at, { theme: "../etc" })).status, 422);
  t.true((await actions(site)).includes("theme.chosen"));
});

test("the last looks are listed with what they changed, and each can be had again", async (t) => {
  const site = await opened(t);
  const { browser, at, page, read } = site;
  t.regex((await browser.get(`${at}/history`)).text, /Nothing was saved here yet/);
  await browser.post(at, fieldsOf(page, { "s-coreFooter": "First", intent: "save" }));
  await browser.post(at, fieldsOf(await browser.get(at), { "s-coreFooter": "Second", intent: "save" }));

  const list = await browser.get(`${at}/history`);
  t.regex(list.text, /changed: Words at the foot of every page<\/p>/);
  t.is(list.text.match(/changed: Words at the foot of every page<\/p>/g)?.length, 2);
  const [id] = [...list.text.matchAll(/history\/([0-9A-Z]{26})\/restore/g)].map((found) => found[1]!);
  await browser.post(`${at}/history/${id}/restore`, {});

  t.regex((await read("/")).text, /First/);
  t.is((await browser.post(`${at}/history/01JAAAAAAAAAAAAAAAAAAAAAAA/restore`, {})).status, 404);
  t.true((await actions(site)).includes("design.restored"));
});

test("a card shows the theme's picture", async (t) => {
  const { browser, at, house } = await opened(t);
  const folder = join(house.settings.dataFolder, "themes", "mine");
  mkdirSync(join(folder, "screenshots"), { recursive: true });
  const manifest = { id: "mine", name: "Mine", version: "1.0.0", description: "D", license: "MIT", engine: "1", parent: "perch" };
  writeFileSync(join(folder, "theme.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "screenshots", "desktop.png"), "PNG");

  t.regex((await browser.get(at)).text, /<img src="\/b\/kim\.localhost\/design\/themes\/mine\/picture" alt=""/);
  const picture = await browser.script("GET", `${at}/themes/mine/picture`);
  t.deepEqual([picture.status, picture.headers.get("content-type")], [200, "image/png"]);
});

test("a picture that comes with the form goes into the library and is chosen, also where the rest is wrong", async (t) => {
  const { browser, at, house } = await opened(t);
  const page = await browser.get(`${at}?theme=folio`);
  t.regex(page.text, /enctype="multipart\/form-data"/);
  const form = new FormData();
  for (const [name, text] of Object.entries(fieldsOf(page, { intent: "save", "s-coreAccent": "reddish" }))) form.set(name, text);
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: "teal" } })
    .png()
    .toBuffer();
  const key = /name="(s-\w+)\.file"/.exec(page.text)![1]!;
  form.set(`${key}.file`, new Blob([bytes], { type: "image/png" }), "reeds.png");

  const refused = await browser.post(at, form);

  t.is(refused.status, 422);
  const [file] = await house.storage.query("SELECT id FROM media");
  t.truthy(file);
  t.regex(refused.text, new RegExp(`name="${key}" value="http[^"]+" checked`));
});

test("a theme without a picture has none to fetch, and no name leads out of its folder", async (t) => {
  const { browser, at } = await opened(t);

  for (const id of ["gone", "..%2f..%2fetc", "%00"]) t.is((await browser.get(`${at}/themes/${id}/picture`)).status, 404, id);
});
