import test from "ava";
import { menuEntry, withMenu } from "../blogs/menus.ts";
import { keepRedirects } from "../posts/redirects/own-redirects.ts";
import { trash, unpublish } from "../posts/remove.ts";
import { testBlog } from "./testing.ts";

const menuIn = (html: string | undefined) =>
  [...(/<nav aria-label[^]*?<\/nav>/.exec(html ?? "")?.[0] ?? "").matchAll(/<a href="([^"]+)"[^>]*>([^<]+)</g)].map(
    ([, href, label]) => `${label} ${href}`,
  );

test("a menu leads to pages, categories, lists and addresses, one level deep, under their own names or given ones", async (t) => {
  const { post, get, scope } = await testBlog(t);
  const about = await post({ kind: "page", title: "About" });
  const note = await post({ content: "A heron", categories: ["Birds"] });
  const entries = [
    menuEntry("page", about.id, ""),
    { ...menuEntry("category", note.categories[0]!.id, "Feathers"), level: 1 as const },
    menuEntry("list", "archive", ""),
    menuEntry("url", "https://lee.example/", "Lee"),
  ];
  const settings = withMenu({}, "main", entries);

  const page = await get("/about", { settings });

  const { url } = scope.blog;
  t.deepEqual(menuIn(page.html), [
    `About ${url}about`,
    `Feathers ${url}categories/birds`,
    `Archive ${url}archive`,
    "Lee https://lee.example/",
  ]);
  t.regex(page.html!, /<a href="https:\/\/kim\.example\/about" aria-current="page"/);
  t.regex(page.html!, /About<\/a>\s*<ul[^>]*>\s*<li><a href="[^"]+birds"/);
});

test("when a page is gone its entry is left out, and what stood under it moves up", async (t) => {
  const { post, get, scope } = await testBlog(t);
  const about = await post({ kind: "page", title: "About" });
  const books = await post({ kind: "page", title: "Books" });
  const entries = [menuEntry("page", about.id, ""), { ...menuEntry("page", books.id, ""), level: 1 as const }];
  const settings = withMenu({}, "main", entries);

  await trash(scope, about.id);

  t.deepEqual(menuIn((await get("/", { settings })).html), [`Books ${scope.blog.url}books`]);
  await trash(scope, books.id);
  t.deepEqual(menuIn((await get("/", { settings })).html), []);
});

test("a menu that makes itself shows pages in their order but not those that are kept out, and unlisted ones never", async (t) => {
  const { post, get, scope } = await testBlog(t);
  await post({ kind: "page", title: "Second", properties: { order: 2 } });
  await post({ kind: "page", title: "First", properties: { order: 1 } });
  await post({ kind: "page", title: "Quiet", properties: { inMenu: false } });
  const unlisted = await post({ kind: "page", title: "Unlisted", visibility: "unlisted" });

  t.deepEqual(menuIn((await get("/")).html), [`First ${scope.blog.url}first`, `Second ${scope.blog.url}second`]);
  const settings = withMenu({}, "main", [menuEntry("page", unlisted.id, "")]);
  t.deepEqual(menuIn((await get("/", { settings })).html), [`Unlisted ${scope.blog.url}unlisted`]);
});

test("what is not there is said in the blog's own words, cleaned, and stays 404", async (t) => {
  const { get } = await testBlog(t);
  const settings = { notFound: { text: "Nothing *here*, <script>alert(1)</script> look [around](/archive)." } };

  const page = await get("/nothing", { settings });

  t.is(page.status, 404);
  t.false(page.isCacheable);
  t.regex(page.html!, /Nothing <em>here<\/em>/);
  t.regex(page.html!, /<a href="\/archive"/);
  t.notRegex(page.html!, /<script>alert/);
  t.regex(page.html!, /name="robots" content="noindex"/);
});

test("a page can stand where nothing is; when it is gone the theme's words come back", async (t) => {
  const { post, get, scope } = await testBlog(t);
  const lost = await post({ kind: "page", title: "Lost?", content: "Try the archive." });
  const settings = { notFound: { page: lost.id } };

  const page = await get("/nothing", { settings });
  t.is(page.status, 404);
  t.regex(page.html!, /Try the archive\./);
  t.regex(page.html!, /name="robots" content="noindex"/);
  t.is((await get("/lost", { settings })).status, 200);
  await unpublish(scope, lost.id);

  const after = await get("/nothing", { settings });
  t.is(after.status, 404);
  t.notRegex(after.html!, /Try the archive/);
});

test("a redirect leads on but hides no post, no list and no category; a renamed category is found at its old address", async (t) => {
  const { post, get, scope } = await testBlog(t);
  const redirect = (path: string) => ({ path, target: "/elsewhere?x=1", status: 302 as const });
  await scope.storage.write((db) =>
    keepRedirects(scope, db, [redirect("/old"), redirect("/about"), redirect("/categories/gone")]),
  );

  const old = await get("/old");
  t.like(old, { status: 302, redirect: "/elsewhere?x=1" });
  t.is((await get("/about")).status, 302);
  t.is((await get("/categories/gone")).status, 302);
  await post({ kind: "page", title: "About" });
  t.is((await get("/about")).status, 200);
});

test("the footer is Markdown, cleaned", async (t) => {
  const { get } = await testBlog(t);
  const settings = { design: { footerText: "Made by *Kim* <script>alert(1)</script>" } };

  const { html } = await get("/", { settings });

  t.regex(html!, /Made by <em>Kim<\/em>/);
  t.notRegex(html!, /<script>alert/);
});

test("a blog that is kept from search engines says so on every page and keeps its canonical addresses", async (t) => {
  const { post, get } = await testBlog(t);
  const note = await post({ content: "A heron" });

  for (const path of ["/", note.path]) {
    const { html } = await get(path, { settings: { hideFromSearch: true } });
    t.regex(html!, /name="robots" content="noindex"/);
    t.regex(html!, /rel="canonical"/);
    t.notRegex((await get(path)).html!, /noindex/);
  }
});
