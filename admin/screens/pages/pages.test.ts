import test from "ava";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSite } from "../sites.testing.ts";

const menuIn = (text: string) =>
  [...text.matchAll(/class="rk-menu">([^]*?)<\/ul>/g)].flatMap(([, list]) =>
    [...list!.matchAll(/">([^<]+)<\/a>/g)].map(([, name]) => name),
  );

test("pages are put in order, into the menu and out of it, and readers see it at once", async (t) => {
  const { browser, at, post, read } = await openSite(t);
  t.regex((await browser.get(at("/pages"))).text, /A page is for what does not age/);
  const about = await post({ kind: "page", title: "About" });
  const books = await post({ kind: "page", title: "Books" });
  t.deepEqual(menuIn((await read("/")).text), ["About", "Books"]);

  const form = await browser.get(at("/pages"));
  t.regex(form.text, new RegExp(`name="move" value="up ${about.id}"[^>]*disabled`));
  const page = [about.id, books.id];
  const moved = await browser.post(at("/pages"), { page, menu: page, move: `up ${books.id}` });

  t.is(moved.location, at("/pages"));
  t.regex((await browser.get(at("/pages"))).text, /“Books” has moved/);
  t.deepEqual(menuIn((await read("/")).text), ["Books", "About"]);
  await browser.post(at("/pages"), { page, menu: [about.id] });
  t.deepEqual(menuIn((await read("/")).text), ["About"]);
  const after = (await browser.get(at("/pages"))).text;
  t.regex(after, new RegExp(`name="menu" value="${about.id}" checked`));
  t.notRegex(after, new RegExp(`name="menu" value="${books.id}" checked`));
});

test("ticking a page changes the menu that somebody made; a template the theme does not have is not taken", async (t) => {
  const { browser, at, post, read, house } = await openSite(t);
  const about = await post({ kind: "page", title: "About" });
  const books = await post({ kind: "page", title: "Books" });
  await browser.get(at("/navigation"));
  await browser.post(at("/navigation"), {
    menu: "main",
    target: "url",
    url: "https://lee.example/",
    label: "Lee",
    intent: "add",
  });
  t.deepEqual(menuIn((await read("/")).text), ["About", "Books", "Lee"]);

  await browser.post(at("/pages"), { page: [about.id, books.id], menu: [about.id], [`template-${about.id}`]: "evil" });

  t.deepEqual(menuIn((await read("/")).text), ["About", "Lee"]);
  const [row] = await house.storage.query("SELECT properties FROM posts WHERE id = ?", [about.id]);
  t.notRegex(String(row!.properties), /template/);
});

test("a page moves to another address; one that is taken comes back with a free one in the field", async (t) => {
  const { browser, at, post, read } = await openSite(t);
  const about = await post({ kind: "page", title: "About" });
  await post({ kind: "page", title: "Me" });
  const address = at(`/pages/${about.id}/address`);
  t.regex((await browser.get(address)).text, /value="about"/);

  const taken = await browser.post(address, { slug: "Me" });
  t.is(taken.status, 422);
  t.regex(taken.text, /\/me is taken; \/me-2 is free/);
  t.regex(taken.text, /name="slug"[^>]* value="me-2"/);
  t.regex(taken.text, /<title>Error: /);
  t.is((await browser.post(address, { slug: "!!" })).status, 422);
  t.is((await browser.post(address, { slug: "archive" })).status, 422);

  t.is((await browser.post(address, { slug: "who-i-am" })).status, 303);
  t.like(await read("/about"), { status: 301, location: "/who-i-am" });
  t.is((await read("/who-i-am")).status, 200);
  t.is((await browser.get(at("/pages/01ARZ3NDEKTSV4RRFFQ69G5FAV/address"))).status, 404);
});

test("a page is drawn by the template that was chosen among the theme's, and menus stand where the theme has places", async (t) => {
  const { browser, at, post, read, house } = await openSite(t);
  const folder = join(house.settings.dataFolder, "themes", "wide");
  mkdirSync(join(folder, "templates"), { recursive: true });
  const theme = { id: "wide", name: "Wide", version: "1.0.0", description: "x", license: "MIT", engine: "1", parent: "perch" };
  const more = { menus: { main: "Main", foot: "At the foot" }, pageTemplates: [{ id: "broad", label: "Broad" }] };
  writeFileSync(join(folder, "theme.json"), JSON.stringify({ ...theme, ...more }));
  writeFileSync(
    join(folder, "templates", "page--broad.njk"),
    '{% extends "layout.njk" %}{% block main %}<p class="broad">{{ post.title }}</p>{{ menu("foot") }}{% endblock %}',
  );
  const about = await post({ kind: "page", title: "About" });
  await browser.get(at("/design"));
  t.is((await browser.post(at("/design"), { theme: "wide" })).status, 303);

  t.regex((await browser.get(at("/pages"))).text, /<option value="broad">Broad<\/option>/);
  await browser.post(at("/pages"), { page: about.id, menu: about.id, [`template-${about.id}`]: "broad" });
  t.regex((await browser.get(at("/pages"))).text, /<option value="broad" selected>/);
  const foot = await browser.get(at("/navigation?menu=foot"));
  t.regex(foot.text, /At the foot/);
  t.regex(foot.text, /Nobody has made this menu yet/);
  await browser.post(at("/navigation"), { menu: "foot", target: "list:archive", url: "", label: "Everything", intent: "add" });

  const { text } = await read("/about");
  t.regex(text, /<p class="broad">About<\/p><ul class="rk-menu"><li><a href="[^"]+archive">Everything</);
});
