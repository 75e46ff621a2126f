import { brand, brandObject, compile, createEnvironment, html, withGlobals } from "./engine.ts";
import type { Environment, Html, Template } from "./engine.ts";

/** A theme as themes are written: layout, list, partial for a post, macros. */
export const themeSources: Record<string, string> = {
  layout: `<!doctype html>
<html lang="{{ blog.language }}" dir="{{ blog.dir }}">
<head>
{{ head() }}
</head>
<body class="{{ page.bodyClass }}">
<a class="skip" href="#main">Skip to content</a>
<header>
  <p><a href="{{ blog.url }}" rel="home">{{ blog.title }}</a></p>
  <nav>{% for item in menus.main %}<a href="{{ item.url }}"{% if item.current %} aria-current="page"{% endif %}>{{ item.label }}</a>{% endfor %}</nav>
  {{ slot("header") }}
</header>
<main id="main">{% block content %}{% endblock %}</main>
<footer>{% if theme.settings.show_author %}{{ blog.author.name }}{% endif %} © {{ now | date("yyyy") }} {{ slot("footer") }}</footer>
{{ bodyEnd() }}
</body>
</html>
`,
  index: `{% extends "layout" %}
{% from "macros" import category %}
{% block content %}
<div class="h-feed">
  {% if page.title %}<h1 class="p-name">{{ page.title }}</h1>{% endif %}
  {% for post in posts %}
    {% include "partials/post" %}
    <ul class="categories">{% for c in post.categories %}<li>{{ category(c) }}</li>{% endfor %}</ul>
  {% else %}
    <p>Nothing here yet.</p>
  {% endfor %}
</div>
{% if pagination.older or pagination.newer %}<nav class="pager">
  {% if pagination.newer %}<a rel="prev" href="{{ pagination.newer }}">Newer</a>{% endif %}
  {% if pagination.older %}<a rel="next" href="{{ pagination.older }}">Older</a>{% endif %}
</nav>{% endif %}
{% endblock %}
`,
  macros: `{% macro category(c) %}<a class="p-category" href="{{ c.url }}">{{ c.name }}</a>{% endmacro %}`,
  "partials/post": `<article class="{{ post.microformats.entryClass }}" id="post-{{ post.id }}">
  {% if post.title %}<h2 class="p-name"><a class="u-url" href="{{ post.url }}">{{ post.title }}</a></h2>{% endif %}
  {% if post.inReplyTo %}<p>In reply to <a class="u-in-reply-to" href="{{ post.inReplyTo.url }}">{{ post.inReplyTo.title | default("a post") }}</a></p>{% endif %}
  <div class="e-content">{{ postContent(post) }}</div>
  {% for photo in post.photos %}{{ picture(photo, size="medium") }}{% endfor %}
  <p class="meta">
    <a class="u-url" href="{{ post.url }}"><time class="dt-published" datetime="{{ post.published | iso }}">{{ post.published | date("medium") }}</time></a>
    {% if post.edited %}<span>edited</span>{% endif %}
    <span class="p-author h-card">{{ post.author.name }}</span>
    {% if post.replyCount > 0 %}<a href="{{ post.url }}#conversation">{{ post.replyCount }} {{ post.replyCount | plural("reply", "replies") }}</a>{% endif %}
    {% if post.pinned and not loop.last %}<span>pinned</span>{% endif %}
  </p>
  {{ slot("list-item-meta", post) }}
</article>
`,
};

/** Compiles the theme's templates by name. */
export function compileTheme(): Map<string, Template> {
  return new Map(Object.entries(themeSources).map(([name, source]) => [name, compile(source, name)]));
}

type FakePost = { contentHtml: Html };

/** The environment of one blog with stand-ins for the helpers of the core. */
export function pageEnvironment(templates: ReadonlyMap<string, Template>): Environment {
  const fixed = (name: string, markup: string) => [name, brand(() => html(markup), { name })] as const;
  const base = createEnvironment({
    load: (name) => templates.get(name) ?? null,
    now: () => Date.UTC(2026, 0, 2),
    timeZone: "Europe/Berlin",
  });
  return withGlobals(base, {
    ...Object.fromEntries([fixed("head", "<title>x</title>"), fixed("bodyEnd", ""), fixed("slot", "")]),
    postContent: brand((post: FakePost) => post.contentHtml, { name: "postContent", parameters: ["post"] }),
    picture: brand((image: { src: string }, size: string) => html(`<img src="${image.src}?${size}">`), {
      name: "picture",
      parameters: ["image", "size"],
    }),
  });
}

/** The data of a home page with 20 posts, made anew as for a real request. */
export function homePage(): Record<string, unknown> {
  const author = brandObject("Author", Object.freeze({ name: "Kim & Lee", url: "https://kim.example/" }));
  const categories = ["Birds", "Garden"].map((name) => Object.freeze({ name, url: `https://kim.example/${name}` }));
  return {
    site: { name: "Rookery", url: "https://hub.example" },
    blog: { title: "Kim's notes", url: "https://kim.example/", language: "en", dir: "ltr", author },
    page: { type: "home", title: "", bodyClass: "home" },
    theme: { id: "perch", settings: { show_author: true } },
    menus: {
      main: ["Home", "About", "Archive"].map((label, index) => ({ label, url: `/${label}`, current: index === 0, children: [] })),
    },
    pagination: { page: 1, newer: null, older: "https://kim.example/page/2" },
    now: new Date(Date.UTC(2026, 0, 2)),
    posts: Array.from({ length: 20 }, (_, index) => fakePost(index, author, categories)),
  };
}

function fakePost(index: number, author: object, categories: readonly object[]): object {
  const photo = brandObject(
    "Image",
    Object.freeze({ src: `https://kim.example/media/${index}.jpg`, width: 800, height: 600, alt: "A bird" }),
  );
  return brandObject(
    "Post",
    Object.freeze({
      id: String(index),
      kind: "note",
      url: `https://kim.example/2026/01/${index}`,
      title: index % 3 === 0 ? `A title with "quotes" & more ${index}` : "",
      contentHtml: html(`<p>${"Some words of a post that says something. ".repeat(8)}</p>`),
      published: new Date(Date.UTC(2026, 0, 1, index)),
      edited: index % 5 === 0,
      author,
      categories,
      photos: index % 4 === 0 ? [photo] : [],
      inReplyTo: index % 7 === 0 ? { url: "https://lee.example/1", title: undefined } : null,
      replyCount: index % 3,
      pinned: index === 0,
      microformats: { entryClass: "h-entry" },
    }),
  );
}
