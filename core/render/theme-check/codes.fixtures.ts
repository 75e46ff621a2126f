import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundledThemes } from "../themes/themes.ts";
import type { ThemeCode } from "./codes.ts";

/** Files laid over a sound child of Perch; null takes one away, `link:` makes a link. */
export type Files = Readonly<Record<string, string | Buffer | null>>;

/** Themes of one code: `bad` has exactly it to find, `good` the nearest thing that has not. */
export type CodeFixture = { readonly bad: Files; readonly good: Files };

/** The theme.json of the sound child. */
export const soundManifest = {
  id: "mine",
  name: "Mine",
  version: "1.0.0",
  description: "D",
  license: "MIT",
  engine: "1",
  parent: "perch",
  styles: ["mine.css"],
};

/** The files of a theme with nothing to find. */
export const soundTheme: Files = {
  "theme.json": JSON.stringify(soundManifest, null, 1),
  "README.md": "# Mine",
  LICENSE: "MIT",
  "assets/mine.css": ":root { --gap: 1rem }",
};

const manifest = (more: object) => ({ "theme.json": JSON.stringify({ ...soundManifest, ...more }, null, 1) });
const template = (source: string, name = "partials/extra.njk") => ({ [`templates/${name}`]: source });
const css = (text: string) => ({ "assets/mine.css": text });
const settings = (fields: object[], uses: string) => ({ ...manifest({ settings: fields }), ...template(uses) });

// A template of Perch (or of base beneath it) as it is, and with one thing changed.
function changed(name: string, from: string, to: string, manifestMore: object = {}): CodeFixture {
  const path = ["perch", "base"].map((id) => join(bundledThemes, id, "templates", name)).find((one) => existsSync(one))!;
  const source = readFileSync(path, "utf8");
  if (!source.includes(from)) throw new Error(`${name} does not hold ${from}`);
  const files = { ...manifest(manifestMore) };
  return { good: { ...files, ...template(source, name) }, bad: { ...files, ...template(source.replaceAll(from, to), name) } };
}

// The card of the home page is no h-card any more, and nothing else there says whose blog it is.
function nobodysCard(): CodeFixture {
  const { good, bad } = changed("partials/profile.njk", '{{ "h-card" if isHome else "small" }}', "small");
  const name = "templates/partials/profile.njk";
  return {
    good,
    bad: { ...bad, [name]: String(bad[name]).replaceAll('rel="home me"', 'rel="home"').replaceAll('rel="me"', "") },
  };
}

const text = { key: "mood", type: "text", label: "Mood" };
const prints = "{{ theme.settings.mood }}";
const page = (body: string) => `<!doctype html><html>${body}</html>`;

function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32BE(0x89504e47, 0);
  head.write("IHDR", 12, "latin1");
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

/** For every code a theme that has it and one that has not. */
export const codeFixtures: Readonly<Record<ThemeCode, CodeFixture>> = {
  T101: { bad: { "theme.json": null }, good: {} },
  T102: { bad: manifest({ version: "one" }), good: manifest({ version: "1.0.0-beta.1" }) },
  T103: { bad: manifest({ parent: "gone" }), good: manifest({ parent: "base" }) },
  T104: {
    bad: settings(many(26), "{{ theme.settings | length }}"),
    good: settings(many(25), "{{ theme.settings | length }}"),
  },
  T105: { bad: { LICENSE: null }, good: { LICENSE: null, "LICENSE.md": "MIT" } },
  T106: {
    bad: { "screenshots/desktop.png": png(1280, 800), "screenshots/mobile.png": png(100, 100) },
    good: { "screenshots/desktop.png": png(1280, 800), "screenshots/mobile.png": png(390, 844) },
  },
  T107: { bad: manifest({ style: ["mine.css"] }), good: manifest({ kinds: ["note"], homepage: "https://kim.example/" }) },
  T108: { bad: manifest({ parent: "third" }), good: manifest({ parent: "second" }) },
  T109: { bad: manifest({ parent: "loop" }), good: manifest({ parent: "second" }) },
  T201: { bad: { "assets/a.svg": "link:/etc/hostname" }, good: { "assets/a.svg": "<svg/>" } },
  T202: { bad: { "assets/a b.svg": "<svg/>" }, good: { "assets/a-b.svg": "<svg/>" } },
  T203: { bad: { "locales/de.json": " ".repeat(70_000) + "{}" }, good: { "locales/de.json": " ".repeat(60_000) + "{}" } },
  T204: { bad: manifest({ scripts: ["gone.js"] }), good: manifest({ styles: ["mine.css", "perch.css"] }) },
  T205: { bad: { "assets/film.mp4": "x" }, good: { "assets/fonts/OFL.txt": "x", "assets/fonts/LICENSE-inter": "x" } },
  T206: { bad: { "README.md": null }, good: {} },
  T207: { bad: { "locales/fr.json": "[" }, good: { "locales/fr.json": '{"a":"b"}' } },
  T208: {
    bad: Object.fromEntries(Array.from({ length: 498 }, (_, at) => [`assets/${at}.svg`, "<svg/>"])),
    good: Object.fromEntries(Array.from({ length: 490 }, (_, at) => [`assets/${at}.svg`, "<svg/>"])),
  },
  T209: {
    bad: { "assets/A.svg": "<svg/>", "assets/a.svg": "<svg/>" },
    good: { "assets/b.svg": "<svg/>", "assets/a.svg": "<svg/>" },
  },
  T210: { bad: { "src/main.scss": "x" }, good: { "CHANGELOG.md": "x" } },
  T301: { bad: template("{% for %}"), good: template("{% for a in [1] %}{{ a }}{% endfor %}") },
  T302: { bad: template("{{ frob(1) }}"), good: template("{% macro frob(a) %}{{ a }}{% endmacro %}{{ frob(1) }}") },
  T303: { bad: template("{{ blog.title | shout }}"), good: template("{{ blog.title | upper }}") },
  T304: { bad: template("{% if post is lovely %}{% endif %}"), good: template("{% if post is defined %}{% endif %}") },
  T305: { bad: template("{{ weather }}"), good: template("{% set weather = 1 %}{{ weather }}") },
  T306: { bad: template('{% include "gone.njk" %}'), good: template('{% include "gone.njk" ignore missing %}') },
  T307: { bad: template('{{ slot("attic") }}'), good: template('{{ slot("sidebar") }}') },
  T308: {
    bad: template("{% for one in posts %}{{ one.titel }}{% endfor %}"),
    good: template("{% for one in posts %}{{ one.title }}{{ one.data.anything.at_all }}{% endfor %}"),
  },
  T309: changed("partials/stream.njk", "{{ post.excerpt }}", "{{ post.title | batch(0) }}"),
  T310: {
    bad: { ...template('{% include "partials/b.njk" %}'), ...template('{% include "partials/extra.njk" %}', "partials/b.njk") },
    good: { ...template('{% include "partials/b.njk" %}'), ...template("b", "partials/b.njk") },
  },
  T311: {
    bad: template('{{ t("no.such") }}'),
    good: { ...template('{{ t("no.such") }}'), "locales/en.json": '{"no.such":"x"}' },
  },
  T312: changed("partials/neighbours.njk", "{{ post.newer.title }}", "{{ post.newer }}"),
  T401: { bad: template(page("<body>{{ bodyEnd() }}</body>"), "unused.njk"), good: template("x") },
  T402: { bad: template(page("<head>{{ head() }}</head>"), "unused.njk"), good: template("x") },
  T403: changed("partials/footer.njk", '{{ slot("footer") }}', ""),
  T404: changed("partials/footer.njk", '{{ slot("sidebar") }}', ""),
  T405: changed("layout.njk", ' dir="{{ blog.dir }}"', ""),
  T406: changed("layout.njk", '<main id="content">', '<main id="content"></main><main>'),
  T407: changed("partials/list-head.njk", "<h1>{{ page.title }}</h1>", "<h2>{{ page.title }}</h2>"),
  T408: changed("layout.njk", 'href="#content"', 'href="#elsewhere"'),
  T409: changed("index.njk", "{{ pager(pagination) }}", ""),
  T410: changed("layout.njk", "<!doctype html>\n", ""),
  T411: { bad: manifest({ slots: ["attic"] }), good: manifest({ slots: ["sidebar"] }) },
  T412: changed(
    "partials/footer.njk",
    '<footer class="site">',
    `<footer class="site">{% for a in range(900) %}${"x".repeat(500)}{% endfor %}`,
  ),
  T501: { bad: settings([text], ""), good: settings([text], prints) },
  T502: { bad: template(prints), good: settings([text], prints) },
  T503: {
    bad: settings([{ ...text, type: "select", options: ["a"], default: "b" }], prints),
    good: settings([{ ...text, type: "select", options: [{ value: "a", label: "A" }], default: "a" }], prints),
  },
  T504: {
    bad: settings([{ ...text, renamedFrom: "profile" }], prints),
    good: settings([{ ...text, renamedFrom: "old" }], prints),
  },
  T505: {
    bad: settings([{ key: "accent", type: "color", label: "Accent" }], "{{ theme.settings.accent }}"),
    good: settings([text], prints + "{{ theme.settings.accent }}"),
  },
  T506: {
    bad: settings([{ ...text, visibleWhen: { key: "gone", is: true } }], prints),
    good: settings([{ ...text, visibleWhen: { key: "profile", is: "top" } }], prints),
  },
  T507: {
    bad: settings([{ ...text, type: "radio" }], prints),
    good: settings([{ ...text, type: "radio", options: ["a"] }], prints),
  },
  T508: { bad: settings([text, text], prints), good: settings([text], prints) },
  T601: changed("partials/stream.njk", '<div class="h-feed">', "<div>"),
  T602: changed(
    "single.njk",
    '{% include "partials/post-meta.njk" %}',
    '<a class="p-author h-card" href="/">Kim</a><time class="dt-published" datetime="2026-01-01">1</time>{% for c in post.categories %}<i class="p-category">{{ c.name }}</i>{% endfor %}',
  ),
  T603: changed(
    "single.njk",
    '{% include "partials/post-meta.njk" %}',
    '<a class="u-url" href="{{ post.url }}">x</a><a class="p-author h-card" href="/">Kim</a>{% for c in post.categories %}<i class="p-category">{{ c.name }}</i>{% endfor %}{% for c in post.syndicated %}<a class="u-syndication" href="{{ c.url }}">{{ c.label }}</a>{% endfor %}',
  ),
  T604: changed(
    "single.njk",
    '{% include "partials/post-meta.njk" %}',
    '<a class="u-url" href="{{ post.url }}"><time class="dt-published" datetime="{{ post.published | iso }}">x</time></a>{% for c in post.categories %}<i class="p-category">{{ c.name }}</i>{% endfor %}{% for c in post.syndicated %}<a class="u-syndication" href="{{ c.url }}">{{ c.label }}</a>{% endfor %}',
  ),
  T605: changed("partials/post-body.njk", "{{ postContent(post) }}", "{{ post.contentHtml }}"),
  T606: changed("single.njk", '<h1 class="visually-hidden">', '<h1 class="visually-hidden p-name">'),
  T607: changed("single.njk", '<h1 class="p-name">', "<h1>"),
  T608: changed("partials/post-body.njk", ' class="u-in-reply-to"', ""),
  T609: changed("partials/post-body.njk", ' class="u-bookmark-of"', ""),
  T610: changed("partials/post-meta.njk", ' class="u-syndication"', ""),
  T611: changed("partials/post-meta.njk", ' class="p-category"', ""),
  T612: changed(
    "partials/post-body.njk",
    '{{ picture(photo, "large", "(min-width: 40rem) 36rem, 100vw") }}',
    '<img src="{{ photo.src }}" alt="">',
  ),
  T613: nobodysCard(),
  T701: { bad: template('<img src="{{ blog.icon.src }}">'), good: template('<img src="{{ blog.icon.src }}" alt="">') },
  T702: changed("partials/footer.njk", '<footer class="site">', '<footer class="site"><input name="q">'),
  T703: changed("partials/footer.njk", '<footer class="site">', '<footer class="site"><a href="/archive"></a>'),
  T704: {
    bad: css(":root { --muted: light-dark(#aaaaaa, #a4a9ad) }"),
    good: css(":root { --muted: light-dark(#555555, #a4a9ad) }"),
  },
  T705: {
    bad: css(":root { --field: light-dark(#85898c, #333333) }"),
    good: css(":root { --field: light-dark(#777777, #888888) }"),
  },
  T706: changed("partials/footer.njk", '<footer class="site">', '<footer class="site" id="content">'),
  T707: { bad: template('<p tabindex="2">x</p>'), good: template('<p tabindex="0">x</p>') },
  T801: { bad: template('{{ asset("gone.svg") }}'), good: template('{{ asset("perch.css") }}') },
  T802: { bad: template('<img src="logo.svg" alt="">'), good: template('<img src="{{ asset("perch.css") }}" alt="">') },
  T803: {
    bad: template('<img src="https://cdn.example/x.svg" alt="">'),
    good: template('<a href="https://cdn.example/x.svg">x</a>'),
  },
  T804: { bad: css(`/*${noise(20_000)}*/`), good: css(`/*${noise(5_000)}*/`) },
  T805: {
    bad: { ...css("@font-face { font-family: A; src: url(a.woff2) }"), "assets/a.woff2": "x" },
    good: { ...css("@font-face { font-family: A; src: url(a.woff2); font-display: swap }"), "assets/a.woff2": "x" },
  },
  T806: {
    bad: css("p { background: url(gone.svg) }"),
    good: css("p { background: url(data:image/gif;base64,R0lGOD) } /* url(gone.svg) */"),
  },
  T807: { bad: css('@import "perch.css";'), good: css("/* @import */") },
  T901: { bad: template("{{ blog.title | safe }}"), good: template('{{ "<b>" | safe }}') },
  T902: { bad: template("<script>1</script>"), good: template("{# <script>1</script> #}") },
  T903: { bad: template('<p style="color: red">x</p>'), good: template('<p class="style">style="x"</p>') },
  T904: { bad: template('<p onclick="x()">x</p>'), good: template('<p data-on="x">one=1</p>') },
  T905: { bad: template('<a href="javascript:x()">x</a>'), good: template("<p>javascript: is a word</p>") },
  T906: { bad: template('<form action="https://evil.example/"></form>'), good: template('<form action="/search"></form>') },
  T907: { bad: template('<iframe src="/x"></iframe>'), good: template("<p>iframe</p>") },
  T1001: {
    bad: template("{% for post in posts %}{{ post.data.likeCount }}{% endfor %}"),
    good: template("{% for post in posts %}{{ post.likeOf.url }}{{ post.replyCount }}{% endfor %}"),
  },
  T1002: {
    bad: { "locales/en.json": '{"a":"{count} likes"}' },
    good: { "locales/en.json": '{"a":"Kim likes this", "b": "{count} replies"}' },
  },
};

function many(count: number): object[] {
  return Array.from({ length: count }, (_, at) => ({ key: `s${at}`, type: "text", label: "S" }));
}

// Text that packs badly, the same each time.
function noise(length: number): string {
  let [out, seed] = ["", 1];
  while (out.length < length) {
    seed = (seed * 48_271) % 2_147_483_647;
    out += seed.toString(36);
  }
  return out;
}
