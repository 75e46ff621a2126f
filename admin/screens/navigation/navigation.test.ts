import test from "ava";
import { trash } from "../../../core/posts/remove.ts";
import { blogByHost } from "../../../core/blogs/blogs.ts";
import { openSite } from "../sites.testing.ts";

const linksIn = (text: string) => {
  const nav = /<nav aria-label="Pages">([^]*?)<\/nav>/.exec(text)?.[1] ?? "";
  return [...nav.matchAll(/href="[^"]*?(\/[^"/]*)"[^>]*>([^<]+)</g)].map(([, path, name]) => `${name} ${path}`);
};
const keyOf = (text: string, name: string) => new RegExp(`for="label-([\\w-]+)">${name}`).exec(text)?.[1] ?? "";

test("a menu makes itself until somebody changes something; then it is theirs, step by step, and can go back", async (t) => {
  const { browser, at, post, read, house } = await openSite(t);
  const about = await post({ kind: "page", title: "About" });
  await post({ content: "A heron", categories: ["Birds"] });
  const before = await browser.get(at("/navigation"));
  t.regex(before.text, /This menu makes itself/);
  const category = /value="(category:[0-9A-Z]{26})"/.exec(before.text)![1]!;

  const add = (fields: object) => browser.post(at("/navigation"), { menu: "main", url: "", label: "", intent: "add", ...fields });
  t.is((await add({ target: category })).status, 303);
  t.is((await add({ target: "list:home", label: "Start" })).status, 303);
  t.is((await add({ target: "url", url: "https://lee.example/links", label: "Lee" })).status, 303);
  t.deepEqual(linksIn((await read("/")).text), ["About /about", "Archive /archive", "Birds /birds", "Start /", "Lee /links"]);

  let page = (await browser.get(at("/navigation"))).text;
  const key = keyOf(page, "Birds");
  const step = (name: string) => browser.post(at("/navigation"), { menu: "main", step: `${name} ${key}` });
  await step("up");
  await step("in");
  t.regex((await read("/")).text, /About<\/a><ul class="rk-menu"><li><a href="[^"]+birds"/);
  await step("out");
  await browser.post(at("/navigation"), { menu: "main", [`label-${key}`]: "Feathers" });
  t.deepEqual(linksIn((await read("/")).text).slice(0, 2), ["About /about", "Feathers /birds"]);

  const blog = (await blogByHost(house.storage, "kim.localhost", house.site))!;
  await trash(house.scope({ blog, via: "test" }), about.id);
  t.is(linksIn((await read("/")).text)[0], "Feathers /birds");
  page = (await browser.get(at("/navigation"))).text;
  t.regex(page, /Gone [^]*not shown/);
  await browser.post(at("/navigation"), { menu: "main", step: `remove ${keyOf(page, "Gone")}` });
  t.notRegex((await browser.get(at("/navigation"))).text, /not shown/);
  await browser.post(at("/navigation"), { menu: "main", intent: "automatic" });
  t.deepEqual(linksIn((await read("/")).text), ["Archive /archive"]);
});

test("what is pressed in a menu that makes itself counts at once", async (t) => {
  const { browser, at, post, read } = await openSite(t);
  await post({ kind: "page", title: "About" });
  await post({ kind: "page", title: "Books" });
  const key = keyOf((await browser.get(at("/navigation"))).text, "Books");

  await browser.post(at("/navigation"), { menu: "main", step: `up ${key}`, [`label-${key}`]: "Reading" });

  t.deepEqual(linksIn((await read("/")).text), ["Reading /books", "About /about"]);
});

test("an entry that leads nowhere comes back with what was typed", async (t) => {
  const { browser, at } = await openSite(t);
  await browser.get(at("/navigation"));
  const add = (fields: object) => browser.post(at("/navigation"), { menu: "main", intent: "add", label: "Bad <b>", ...fields });

  const bad = await add({ target: "url", url: "javascript:alert(1)" });
  t.is(bad.status, 422);
  t.regex(bad.text, /value="javascript:alert\(1\)"/);
  t.regex(bad.text, /value="Bad &lt;b&gt;"/);
  t.regex(bad.text, /href="#url"/);
  t.is((await add({ target: "nonsense" })).status, 422);
  t.is((await add({ target: "url", url: "/x", label: "" })).status, 422);
  t.is((await add({ target: "list:home", label: "x".repeat(101) })).status, 422);
  t.regex((await browser.get(at("/navigation?menu=nonsense"))).text, /This menu makes itself/);
});
