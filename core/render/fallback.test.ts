import test from "ava";
import type { ExecutionContext } from "ava";
import { insert } from "../storage/rows.ts";
import { testBlog, testFolder, themeJson, writeFiles } from "./testing.ts";

const lost = "{% for post in posts %}{{ nothing() }}{% endfor %}";

async function brokenBlog(t: ExecutionContext) {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest", { parent: "twig" }),
    "nest/templates/index.njk": "Nest: {% for post in posts %}{{ post.title }}{% endfor %}",
    "twig/theme.json": themeJson("twig"),
    "twig/templates/index.njk": "Twig: {% for post in posts %}{{ post.title }}{% endfor %}",
  });
  const blog = await testBlog(t, { installed, blog: { theme: "nest" } });
  await blog.post({ title: "Herons", content: "x" });
  return { ...blog, installed };
}

async function override(blog: Awaited<ReturnType<typeof brokenBlog>>, source: string, version = 1) {
  await blog.storage.write(async (db) => {
    await db.run("DELETE FROM theme_overrides");
    const row = { blog_id: blog.blog.id, theme: "nest", template: "index", source, state: "active", reason: "", version };
    await insert(db, "theme_overrides", [{ ...row, account_id: blog.blog.ownerId, updated_at: "2026-05-01T12:00:00.000Z" }]);
    await blog.scope.touch(db, blog.blog.id);
  });
}

test("a blog's own copy comes before the theme, the theme before its parent, and base is beneath them all", async (t) => {
  const blog = await brokenBlog(t);
  await override(blog, "Own: {{ posts[0].title }}");

  t.is((await blog.get("/")).html, "Own: Herons");

  await override(blog, lost, 2);
  const own = await blog.get("/");
  t.is(own.html, "Nest: Herons");
  t.is(own.headers["x-rk-template-fallback"], "1");
  t.false(own.isCacheable);

  writeFiles(blog.installed, { "nest/templates/index.njk": lost });
  blog.pass(2000);
  t.is((await blog.get("/")).html, "Twig: Herons");

  writeFiles(blog.installed, { "twig/templates/index.njk": "{% if %}" });
  blog.pass(2000);
  const base = await blog.get("/");
  t.is(base.status, 200);
  t.regex(base.html ?? "", /<h2 class="p-name"><a href="https:\/\/kim\.example\/2026\/05\/01\/herons">Herons<\/a><\/h2>/);
  t.deepEqual(base.fallbacks.map(({ template }) => template).toSorted(), [
    "nest/index.njk",
    "nest/index.njk (own copy)",
    "twig/index.njk",
  ]);
});

test("a template that prints nothing is passed by like one that fails, also where it is what others extend", async (t) => {
  const blog = await brokenBlog(t);
  await override(blog, "{# Later #}");

  const own = await blog.get("/");
  t.is(own.html, "Nest: Herons");
  t.deepEqual(
    own.fallbacks.map(({ template, message }) => `${template}: ${message}`),
    ["nest/index.njk (own copy): It prints nothing: readers would see an empty page."],
  );

  writeFiles(blog.installed, {
    "nest/templates/index.njk": '{% extends "frame.njk" %}',
    "twig/templates/frame.njk": "\n",
  });
  blog.pass(2000);
  t.is((await blog.get("/")).html, "Twig: Herons");
});

test("the third failure within ten minutes switches a blog's own copy off, and its owner is told once an hour", async (t) => {
  const blog = await brokenBlog(t);
  await override(blog, lost);

  for (let time = 0; time < 4; time++) await blog.get("/");

  t.deepEqual(
    blog.notices.map(({ template, isDeactivated }) => [template, isDeactivated]),
    [
      ["nest/index.njk (own copy)", false],
      ["nest/index.njk (own copy)", true],
    ],
  );
  const rows = await blog.storage.query("SELECT state, reason FROM theme_overrides");
  t.like(rows[0], { state: "failed" });
  t.regex(String(rows[0]?.reason), /^Line 1: /);
  t.deepEqual((await blog.get("/")).fallbacks, []);
});

test("a theme whose folder is gone shows the base theme", async (t) => {
  const { get } = await testBlog(t, { blog: { theme: "gone" } });

  const page = await get("/");

  t.is(page.status, 200);
  t.regex(page.html ?? "", /\/assets\/base\/[0-9a-f]{12}\/base\.css/);
});

test("a template that never ends or grows without end costs its theme, not the page", async (t) => {
  const blog = await brokenBlog(t);
  const endless = [
    "{% for a in range(1000) %}{% for b in range(1000) %}{{ a }}{% endfor %}{% endfor %}",
    '{% set x = "xxxxxxxxxxxxxxxx" %}{% for a in range(100) %}{% set x = x ~ x %}{% endfor %}{{ x }}',
    '{% include "index.njk" %}',
    '{{ "".constructor.constructor("return process")() }}',
    "{{ postContent({ contentHtml: blog.title }) }}",
    '{{ picture({ src: "javascript:x" }) }}',
  ];

  for (const [at, source] of endless.entries()) {
    await override(blog, source, at + 1);
    t.is((await blog.get("/")).html, "Nest: Herons", source);
  }
});

test("an error inside a base partial that a theme misuses ends with the base theme alone", async (t) => {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest"),
    "nest/templates/layout.njk": '{% set posts = 5 %}{% set post = "no post" %}{% include "partials/post-meta.njk" %}',
  });
  const { get } = await testBlog(t, { installed, blog: { theme: "nest" } });

  const page = await get("/");

  t.is(page.status, 200);
  t.regex(page.html ?? "", /<h1 class="site-title">/);
});

test("a blog's own copy that misuses a partial of base is blamed for it, and nothing else is lost", async (t) => {
  const blog = await brokenBlog(t);
  await override(blog, '{% set post = "no post" %}{% include "partials/post-meta.njk" %}');

  for (let time = 0; time < 3; time++) t.is((await blog.get("/")).html, "Nest: Herons");

  t.deepEqual(
    blog.notices.map(({ template, isOwn, isDeactivated }) => [template, isOwn, isDeactivated]),
    [
      ["nest/index.njk (own copy)", true, false],
      ["nest/index.njk (own copy)", true, true],
    ],
  );
  t.regex(blog.notices[0]?.message ?? "", /^base\/partials\/post-meta\.njk, which it uses, fails with what it is given/);
});

test("what is changed in a theme's folder is seen a second later, and a new theme without a restart", async (t) => {
  const blog = await brokenBlog(t);
  t.is((await blog.get("/")).html, "Nest: Herons");
  const before = blog.themes.revision;

  writeFiles(blog.installed, {
    "nest/templates/index.njk": "New nest",
    "fresh/theme.json": themeJson("fresh"),
    "fresh/templates/index.njk": "Fresh",
  });
  t.is((await blog.get("/")).html, "Nest: Herons");
  blog.pass(2000);

  t.true(blog.themes.revision > before);
  t.is((await blog.get("/")).html, "New nest");
  t.is((await blog.get("/", { theme: "fresh" })).html, "Fresh");
});

test("when not even the base theme is there, a bare page says so", async (t) => {
  const { scope, themes } = await testBlog(t);
  const { renderPage } = await import("./render-page.ts");
  const { Themes } = await import("./themes/themes.ts");
  const none = new Themes({ bundled: testFolder(t), installed: testFolder(t) });
  t.truthy(themes.find("base"));

  const page = await renderPage(scope, none, { path: "/", query: new URLSearchParams() });

  t.is(page.status, 500);
  t.regex(page.html ?? "", /cannot be shown at the moment/);
});
