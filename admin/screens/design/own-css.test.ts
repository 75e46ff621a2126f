import test from "ava";
import type { Page } from "../../testing.ts";
import { openSite } from "../sites.testing.ts";

const version = (page: Page) => /name="version" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
const sheetOf = (text: string) =>
  /href="(\/assets\/custom-[0-9a-f]{16}\.css[^"]*)"/.exec(text)?.[1]?.replaceAll("&amp;", "&") ?? "";

async function opened(t: Parameters<typeof openSite>[0]) {
  const site = await openSite(t);
  const at = site.at("/design/css");
  const page = await site.browser.get(at);
  const send = (css: string, intent: string, shown = page) =>
    site.browser.post(at, { css, version: version(shown), intent, page: "home" });
  return { ...site, at, page, send };
}

test("a blog's own CSS is seen before it is saved, and comes last on readers' pages after", async (t) => {
  const { send, read, house } = await opened(t);

  const seen = await send("main { outline: 3px solid teal }", "preview");
  const address = new URL(/<iframe[^>]* src="([^"]+)"/.exec(seen.text)![1]!.replaceAll("&amp;", "&"));
  const preview = (await read(address.pathname + address.search)).text;
  t.regex((await read(sheetOf(preview))).text, /solid teal/);
  t.notRegex((await read(sheetOf((await read("/")).text) || "/assets/none.css")).text, /teal/);

  t.is((await send("main { outline: 3px solid teal }", "save")).status, 303);
  t.regex((await read(sheetOf((await read("/")).text))).text, /solid teal/);
  const [line] = await house.storage.query("SELECT action FROM audit_log WHERE action = 'design.css'");
  t.truthy(line);
});

test("what may not be in it is named with its line, and everything typed stays", async (t) => {
  const { send, at, browser } = await opened(t);
  const css = 'a { color: teal }\n@import "https://evil.example/x.css";\nb { background: url(http://evil.example/y.png) }\nc {';

  for (const intent of ["check", "save"]) {
    const refused = await send(css, intent);
    t.is(refused.status, 422);
    t.regex(refused.text, /<title>Error: Own CSS/);
    for (const line of [2, 3, 4]) t.regex(refused.text, new RegExp(`Line ${line}`));
    t.regex(refused.text, /evil\.example\/y\.png/);
    t.regex(refused.text, /a \{ color: teal \}/);
  }
  t.is((await send(`a{}${"/**/".repeat(20_000)}`, "save")).status, 422);
  t.notRegex((await browser.get(at)).text, /evil/);
});

test("a check says that nothing is wrong", async (t) => {
  const { send } = await opened(t);

  t.regex((await send("a { color: teal }", "check")).text, /Nothing is wrong/);
});

test("who saved another look meanwhile is not overwritten unseen", async (t) => {
  const { send, read } = await opened(t);
  await send("a { color: teal }", "save");

  const late = await send("a { color: navy }", "save");
  t.is(late.status, 409);
  t.regex(late.text, /a \{ color: navy \}/);
  t.is((await send("a { color: navy }", "save", late)).status, 303);
  t.regex((await read(sheetOf((await read("/")).text))).text, /navy/);
});
