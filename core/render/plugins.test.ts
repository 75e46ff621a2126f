import test from "ava";
import type { ExecutionContext } from "ava";
import type { TemplateCall } from "../hooks/template-call.ts";
import type { HeadTag } from "../hooks/values.ts";
import { assetReply } from "./assets.ts";
import { noPlugins, type RenderPlugins, type SlotAbout } from "./render.types.ts";
import { testBlog, testFolder, themeJson } from "./testing.ts";

function reading(t: ExecutionContext, slot: string, files: Record<string, string>) {
  const folder = testFolder(t, files);
  const asked: SlotAbout[][] = [];
  const plugins: RenderPlugins = {
    ...noPlugins,
    filledSlots: () => new Set([slot]),
    slotViews: async (_scope, _slot, subjects) => {
      asked.push([...subjects]);
      return subjects.map(({ post }) => [
        { pluginId: "reading", template: "note", data: { minutes: 3, title: post?.title ?? "<none>" } },
      ]);
    },
    folder: () => folder,
    styles: () => [{ pluginId: "reading", path: "reading.css" }],
    translate: (_scope, _id, key, values) => `${key} ${values.count}`,
  };
  return { plugins, asked };
}

test("a plugin's view stands in its slot, escaped, in a box only when it is a block", async (t) => {
  const { plugins } = reading(t, "after-content", {
    "templates/note.njk": "<p>{{ minutes }} min: {{ title }}, {{ post.title }} {{ t('read', {count: 2}) }}</p>",
  });
  const { post, get } = await testBlog(t, { plugins });
  const made = await post({ title: "<Herons>", content: "x" });

  const page = await get(made.path);

  t.regex(page.html ?? "", /<div class="rk-slot rk-reading"><p>3 min: &lt;Herons&gt;, &lt;Herons&gt; read 2<\/p><\/div>/);
});

test("a list asks for all of its posts at once, and a slot nobody fills is never asked", async (t) => {
  const { plugins, asked } = reading(t, "list-item-meta", { "templates/note.njk": "<b>{{ title }}</b>" });
  const { post, get } = await testBlog(t, { plugins });
  await post({ title: "One", content: "x" });
  await post({ title: "Two", content: "x" });

  const page = await get("/");

  t.deepEqual(
    asked.map((subjects) => subjects.map((subject) => subject.slot)),
    [["list-item-meta", "list-item-meta"]],
  );
  t.regex(page.html ?? "", /<b>One<\/b>/);
  t.false(page.html?.includes("rk-slot"));
});

test("without plugins no hook and no slot is asked", async (t) => {
  const { get } = await testBlog(t, {
    taps: { collect: () => t.fail() as never, filter: () => t.fail() as never },
    plugins: { ...noPlugins, slotViews: () => t.fail() as never },
  });

  t.is((await get("/")).status, 200);
});

test("a single post's template that forgets after-content gets it behind the text", async (t) => {
  const { plugins } = reading(t, "after-content", { "templates/note.njk": "<p>3 min</p>" });
  const installed = testFolder(t, {
    "bare/theme.json": themeJson("bare"),
    "bare/templates/single.njk": "{{ postContent(post) }}END",
    "kept/theme.json": themeJson("kept"),
    "kept/templates/single.njk": '{{ postContent(post) }}BETWEEN{{ slot("after-content", post) }}',
  });
  const { post, get } = await testBlog(t, { plugins, installed });
  const made = await post({ content: "Text" });
  const box = '<div class="rk-slot rk-reading"><p>3 min</p></div>';

  t.is((await get(made.path, { theme: "bare" })).html, `<div class="e-content"><p>Text</p>\n</div>${box}END`);
  t.is((await get(made.path, { theme: "kept" })).html, `<div class="e-content"><p>Text</p>\n</div>BETWEEN${box}`);
});

for (const [what, source] of [
  ["calls what is not there", "{{ nothing() }}"],
  ["cannot be read", "{% if %}"],
  ["never ends", "{% for a in range(1000) %}{% for b in range(1000) %}x{% endfor %}{% endfor %}"],
] as const)
  test(`a plugin's view that ${what} prints nothing and costs the page nothing`, async (t) => {
    const { plugins } = reading(t, "after-content", { "templates/note.njk": source });
    const { post, get } = await testBlog(t, { plugins });
    const made = await post({ content: "Text" });

    const page = await get(made.path);

    t.is(page.status, 200);
    t.false(page.html?.includes("rk-slot"));
    t.deepEqual(page.fallbacks, []);
  });

test("a theme may draw a plugin's view its own way; if that fails, the plugin's own is drawn", async (t) => {
  const { plugins } = reading(t, "after-content", { "templates/note.njk": "<p>plugin</p>" });
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest", { parent: "base" }),
    "nest/templates/plugin/reading/note.njk": "<p>theme {{ minutes }}</p>",
    "fall/theme.json": themeJson("fall", { parent: "base" }),
    "fall/templates/plugin/reading/note.njk": "{{ nothing() }}",
  });
  const { post, get } = await testBlog(t, { plugins, installed });
  const made = await post({ content: "Text" });

  t.regex((await get(made.path, { theme: "nest" })).html ?? "", /<p>theme 3<\/p>/);
  t.regex((await get(made.path, { theme: "fall" })).html ?? "", /<p>plugin<\/p>/);
});

test("plugins add to the head and to the Link header, and nothing unsound gets in", async (t) => {
  const feed: HeadTag = {
    tag: "link",
    attributes: { rel: "alternate", type: "application/rss+xml", href: "/feed.xml", title: 'Kim "all"' },
  };
  const answers: Record<string, unknown[]> = {
    "page.head": [feed, { tag: "script", attributes: { src: "x" } }, { tag: "meta", attributes: { onload: "x" } }],
    "response.links": [
      { rel: "webmention", href: "https://kim.example/webmention" },
      { rel: 'x"\r\nset-cookie: a', href: "/" },
    ],
  };
  const taps = { has: (name: string) => name in answers, collect: async (_scope: unknown, name: string) => answers[name] ?? [] };
  const { get } = await testBlog(t, { taps: taps as never });

  const page = await get("/");

  t.is(page.headers.link, '<https://kim.example/webmention>; rel="webmention"');
  t.regex(page.html ?? "", /<link rel="alternate" type="application\/rss\+xml" href="\/feed\.xml" title="Kim &quot;all&quot;">/);
  t.regex(page.html ?? "", /<link rel="webmention" href="https:\/\/kim\.example\/webmention">/);
  t.regex(page.html ?? "", /<li><a href="\/feed\.xml" type="application\/rss\+xml">Kim &quot;all&quot;<\/a><\/li>/);
  t.false(/<script|onload|set-cookie/.test(page.html ?? ""));
});

test("page.data reaches the templates", async (t) => {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest"),
    "nest/templates/index.njk": "{{ page.data.weather.sky }}",
  });
  const filter = async (_scope: unknown, _name: string, value: object) => ({ ...value, weather: { sky: "<clear>" } });
  const { get } = await testBlog(t, { installed, taps: { has: (name) => name === "page.data", filter: filter as never } });

  t.is((await get("/", { theme: "nest" })).html, "&lt;clear&gt;");
});

test("a plugin's page stands in the theme with its parameters, and in the menu when it asks to", async (t) => {
  const { plugins } = reading(t, "header", { "templates/note.njk": "", "templates/walk.njk": "<p>Walk {{ name }}</p>" });
  const pages = () => [
    {
      pluginId: "reading",
      path: "/walks",
      title: "Walks",
      inNavigation: true,
      view: async () => ({ template: "walk", data: { name: "all" } }),
    },
    {
      pluginId: "reading",
      path: "/walks/:name",
      title: "A walk",
      view: async ({ params }: { params: Readonly<Record<string, string>> }) =>
        params.name === "none" ? null : { template: "walk", data: { name: params.name! } },
    },
  ];
  const { get } = await testBlog(t, { plugins: { ...plugins, pages } });

  const [all, one, none] = [await get("/walks"), await get("/walks/%3Cnorth%3E"), await get("/walks/none")];

  t.regex(all.html ?? "", /<h1>Walks<\/h1>\s*<p>Walk all<\/p>/);
  t.regex(all.html ?? "", /<a href="https:\/\/kim\.example\/walks" aria-current="page">Walks<\/a>/);
  t.regex(one.html ?? "", /<p>Walk &lt;north&gt;<\/p>/);
  t.is(none.status, 404);
});

test("style sheets are served under their hash for ever, under an old hash only shortly, and nothing outside of assets", async (t) => {
  const { plugins } = reading(t, "header", { "templates/note.njk": "", "assets/reading.css": "p{}", "secret.css": "x" });
  const { scope, themes, get } = await testBlog(t, {
    plugins,
    blog: { settings: { design: { accent: "#ff0000", customCss: "p{color:red}" } } },
  });
  const addresses = [...((await get("/")).html ?? "").matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(
    (match) => match[1]!,
  );

  for (const name of ["perch.css", "reading.css", "look"])
    t.true(
      addresses.some((address) => (name === "look" ? /theme-\w+\.css/.test(address) : address.endsWith(name))),
      name,
    );
  for (const address of addresses) {
    const reply = await assetReply(scope, themes, address);
    t.is(reply?.headers?.["cache-control"], "public, max-age=31536000, immutable", address);
    t.is(reply?.headers?.["content-type"], "text/css; charset=utf-8");
  }
  const old = await assetReply(scope, themes, addresses[0]!.replace(/[0-9a-f]{12}/, "000000000000"));
  t.is(old?.headers?.["cache-control"], "public, max-age=60");
  for (const path of [
    "/assets/plugins/reading/000000000000/../secret.css",
    "/assets/perch/000000000000/../theme.json",
    "/assets/perch/000000000000/none.css",
    "/assets/x",
  ])
    t.is(await assetReply(scope, themes, path), null, path);
});

test("latest() brings posts of the whole blog into any page", async (t) => {
  const installed = testFolder(t, {
    "nest/theme.json": themeJson("nest"),
    "nest/templates/error.njk":
      "{% for post in latest(2, category='owls') %}{{ post.title }};{% endfor %}{{ latest(1)[0].title }}",
  });
  const { post, get, setNow } = await testBlog(t, { installed });
  for (const [at, title] of ["A", "B", "C", "D"].entries()) {
    setNow(`2026-05-0${at + 1}T12:00:00.000Z`);
    await post({ title, content: "x", ...(title !== "D" && { categories: ["Owls"] }) });
  }

  t.is((await get("/nowhere", { theme: "nest" })).html, "C;B;D");
});

test("a plugin's filter and function are called by its id, with arguments of the types it named", async (t) => {
  const filters = new Map<string, TemplateCall>([
    [
      "word_play_loud",
      {
        about: "Louder.",
        takes: { value: "text", times: "number?" },
        run: ((value: string, times = 1) => value.toUpperCase() + "!".repeat(times)) as never,
      },
    ],
  ]);
  const functions = new Map<string, TemplateCall>([
    ["word_play_evil", { about: "Evil.", takes: {}, run: () => "<script>" }],
    ["word_play_late", { about: "Late.", takes: {}, run: (async () => "x") as never }],
    ["word_play_broken", { about: "Broken.", takes: {}, run: () => raise() }],
  ]);
  const plugins = { ...noPlugins, calls: () => ({ filters, functions }) };
  const draw = async (source: string) => {
    const installed = testFolder(t, { "nest/theme.json": themeJson("nest"), "nest/templates/home.njk": source });
    const { get } = await testBlog(t, { plugins, installed, blog: { theme: "nest" } });
    const { html, fallbacks } = await get("/");
    return fallbacks[0]?.message ?? html;
  };

  t.is(await draw('{{ "hey" | word_play_loud(times=2) }}{{ "<b>" | word_play_loud }}'), "HEY!!&lt;B&gt;!");
  t.is(await draw("{{ word_play_evil() }}"), "&lt;script&gt;");
  t.is(await draw("{{ 5 | word_play_loud }}"), "word_play_loud: “value” must be a text.");
  t.is(await draw("{{ posts | word_play_loud }}"), "word_play_loud: “value” must be a text.");
  t.is(await draw("{{ word_play_late() }}"), "word_play_late gave something that templates cannot print.");
  t.regex((await draw("{{ word_play_broken() }}")) ?? "", /^"word_play_broken" could not do this/);
});

function raise(): never {
  throw new Error("secret");
}
