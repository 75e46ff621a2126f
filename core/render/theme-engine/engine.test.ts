import test from "ava";

import {
  analyse,
  brand,
  brandObject,
  compile,
  createEnvironment,
  escape,
  Html,
  html,
  isHtml,
  Refusal,
  render,
  TemplateError,
  withGlobals,
} from "./engine.ts";
import { compileTheme, homePage, pageEnvironment } from "./page.fixtures.ts";

const bare = createEnvironment();

test("a page of twenty posts renders with a tenth of its fuel", (t) => {
  const templates = compileTheme();
  const environment = pageEnvironment(templates);
  environment.limits.fuel = 20_000;
  const index = templates.get("index") ?? t.fail();

  const page = index ? render(index, homePage(), environment) : "";

  t.is(page.match(/<article class="h-entry"/g)?.length, 20);
  t.is(page.match(/class="p-category"/g)?.length, 40);
  t.true(page.includes("A title with &quot;quotes&quot; &amp; more 0"));
  t.true(page.endsWith("</html>\n"));
});

test("an error says where it happened, in the template it happened in", (t) => {
  const part = compile("line one\n  {{ nothing() }}", "partials/part");
  const environment = createEnvironment({ load: () => part });

  const error = t.throws(() => render(compile('{% include "part" %}', "main"), {}, environment), { instanceOf: TemplateError });

  t.deepEqual([error.template, error.line, error.column, error.code], ["partials/part", 2, 13, "not-callable"]);
});

test("a syntax error says where it is", (t) => {
  const error = t.throws(() => compile("a\n{% for %}", "main"), { instanceOf: TemplateError });

  t.deepEqual([error.line, error.code], [2, "syntax"]);
});

test("the wall clock stops a page that has fuel left", (t) => {
  let ms = 0;
  const environment = createEnvironment({ elapsed: () => (ms += 100), limits: { time: 250 } });
  const source = "{% for a in range(1000) %}{% for b in range(100) %}{% endfor %}{% endfor %}";

  const error = t.throws(() => render(compile(source, "main"), {}, environment), { instanceOf: TemplateError });

  t.is(error.code, "limit-time");
});

test("every limit can be set", (t) => {
  const code = (source: string, limits: object) =>
    t.throws(() => render(compile(source, "main", limits), {}, createEnvironment({ limits })), { instanceOf: TemplateError })
      .code;

  t.is(code("{{ 1 }}{{ 2 }}{{ 3 }}", { fuel: 2 }), "limit-fuel");
  t.is(code("twelve chars", { output: 11 }), "limit-output");
  t.is(code("twelve chars", { source: 11 }), "limit-source");
  t.is(code("{{ ((((1)))) }}", { nesting: 3 }), "limit-nesting");
  t.is(code("{% macro m() %}{% endmacro %}{{ m() }}", { macros: 0 }), "limit-depth");
});

test("what a helper throws reaches the host's log and not the template's author", (t) => {
  const seen: unknown[] = [];
  const secret = new Error("at /srv/secret");
  const boom = brand(
    () => {
      throw secret;
    },
    { name: "boom" },
  );
  const environment = createEnvironment({ globals: { boom }, failed: (name, error) => seen.push(name, error) });

  const error = t.throws(() => render(compile("{{ boom() }}", "main"), {}, environment), { instanceOf: TemplateError });

  t.is(error.code, "helper");
  t.false(error.message.includes("secret"));
  t.deepEqual(seen, ["boom", secret]);
});

test("a helper's refusal is shown to the template's author", (t) => {
  const strict = brand(
    () => {
      throw new Refusal("picture() needs an Image.");
    },
    { name: "picture" },
  );

  t.throws(() => render(compile("{{ picture() }}", "main"), { picture: strict }, bare), { message: "picture() needs an Image." });
});

test("keyword arguments find their places, or come together as one object", (t) => {
  const placed = brand((a: unknown, b: unknown, c: unknown) => `${String(a)}${String(b)}${String(c)}`, {
    name: "placed",
    parameters: ["a", "b", "c"],
  });
  const together = brand((key: string, values: Record<string, unknown>) => `${key}:${JSON.stringify(values)}`, {
    name: "together",
  });
  const environment = withGlobals(bare, { placed, together });

  t.is(render(compile("{{ placed(1, c=3) }}", "main"), {}, environment), "1undefined3");
  t.is(render(compile("{{ together('k', n=2) }}", "main"), {}, environment), escape('k:{"n":2}'));
});

test("a helper whose cost is no number stops the page instead of making it free", (t) => {
  const free = brand(() => "x", { name: "free", cost: Number.NaN });

  const error = t.throws(() => render(compile("{{ free() }}", "main"), { free }, bare), { instanceOf: TemplateError });

  t.is(error.code, "limit-fuel");
});

test("fields that a class makes late are read and listed like the others, and nothing else of the class is", (t) => {
  class Walk {
    readonly place = "the weir";
    get length() {
      return 7;
    }
    get secret() {
      return "s";
    }
    turn() {
      return "t";
    }
  }
  const walk = brandObject("Walk", new Walk(), new Set(["length"]));
  const shown = (source: string) => render(compile(source, "main"), { walk }, bare);

  t.is(
    shown("{{ walk.place }}, {{ walk.length }}|{{ walk.secret }}|{{ walk.turn }}|{{ 'length' in walk }}"),
    "the weir, 7|||true",
  );
  t.is(shown("{% for name, value in walk %}{{ name }}={{ value }};{% endfor %}"), "place=the weir;length=7;");
  t.is(shown("{{ walk | json }}"), '{"place":"the weir","length":7}');
});

test("data wins over globals, also when it is undefined", (t) => {
  const environment = withGlobals(bare, { word: "global" });

  t.is(render(compile("{{ word }}", "main"), {}, environment), "global");
  t.is(render(compile("{{ word }}", "main"), { word: undefined }, environment), "");
});

test("only Html made by the engine prints unescaped", (t) => {
  const fake = Object.assign(Object.create(Html.prototype) as object, { text: "<i>" });

  t.is(render(compile("{{ real }}{{ text }}", "main"), { real: html("<b>"), text: "<b>" }, bare), "<b>&lt;b&gt;");
  t.false(isHtml(fake));
  t.is(escape(html("<b>")), "<b>");
});

test("a missing include prints what the environment says", (t) => {
  const environment = createEnvironment({ missing: (name) => html(`<!-- ${name} -->`) });

  t.is(render(compile('a{% include "nope" %}b', "main"), {}, environment), "a<!-- nope -->b");
});

test("one template renders twice to the same page", (t) => {
  const template = compile("{% set x = 1 %}{% for n in [1, 2] %}{% set x = x + n %}{% endfor %}{{ x }}", "main");

  t.is(render(template, {}, bare), "4");
  t.is(render(template, {}, bare), "4");
});

test("analyse lists what a template uses", (t) => {
  const source = `{% extends "layout" %}{% from "macros" import card %}
{% block content %}{% set mine = 1 %}
{% for post in posts %}{{ post.title | upper }}{{ card(post) }}{{ picture(post.photos[0], size=blog.size) }}{{ mine }}{% endfor %}
{% include "partials/x" ignore missing %}{{ slot("after-content", post) }}{{ blog.title | safe }}{{ "a" | safe }}
{% if page.title is defined %}{{ super() }}{% endif %}{% endblock %}`;

  const found = analyse(compile(source, "main"));

  t.deepEqual(found.extends, [{ name: "layout", line: 1 }]);
  t.deepEqual(found.imports, [{ name: "macros", line: 1 }]);
  t.deepEqual(found.blocks, [{ name: "content", line: 2 }]);
  t.deepEqual(found.includes, [{ name: "partials/x", line: 4, optional: true }]);
  t.deepEqual(
    found.functions.map((mention) => mention.name),
    ["picture", "slot"],
  );
  t.deepEqual(found.slots, [{ name: "after-content", line: 4 }]);
  t.deepEqual(
    found.filters.map((mention) => mention.name),
    ["upper", "safe", "safe"],
  );
  t.deepEqual(found.unsafe, [{ name: "blog.title", line: 4 }]);
  t.deepEqual(found.tests, [{ name: "defined", line: 5 }]);
  t.deepEqual(
    found.contextPaths.map((mention) => mention.name),
    ["posts", "blog.size", "post", "blog.title", "page.title"],
  );
});
