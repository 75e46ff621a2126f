import test from "ava";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { bundledThemes, Themes } from "../themes/themes.ts";
import { checkTemplate, checkTheme } from "./check-theme.ts";

type Teardown = { teardown(work: () => unknown): void };

const manifest = { id: "mine", name: "Mine", version: "1.0.0", description: "D", license: "MIT", engine: "1", parent: "perch" };

function check(t: Teardown, files: Readonly<Record<string, string>>, links: readonly string[] = []) {
  const root = mkdtempSync(join(tmpdir(), "rookery-theme-"));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  const all = { "theme.json": JSON.stringify(manifest, null, 1), "README.md": "# Mine", LICENSE: "MIT", ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, "mine", path)), { recursive: true });
    writeFileSync(join(root, "mine", path), text);
  }
  for (const path of links) symlinkSync("/etc/hostname", join(root, "mine", path));
  return checkTheme(join(root, "mine"), new Themes({ bundled: bundledThemes, installed: root })).map(
    ({ code, level, file, line }) => `${code} ${level} ${file}:${line}`,
  );
}

for (const id of readdirSync(bundledThemes).filter((name) => !name.includes(".")))
  test(`the shipped theme ${id} has nothing to find`, (t) => {
    const themes = new Themes({ bundled: bundledThemes, installed: "/nowhere" });

    t.deepEqual(checkTheme(join(bundledThemes, id), themes), []);
  });

test("a child theme of one style sheet has nothing to find", (t) => {
  t.deepEqual(check(t, { "theme.json": JSON.stringify({ ...manifest, styles: ["m.css"] }), "assets/m.css": "a{}" }), []);
});

test("the manifest: broken JSON and wrong fields with their line, parents that are missing or itself", (t) => {
  t.deepEqual(check(t, { "theme.json": '{\n"id": "mine",\n!' }), ["T102 error theme.json:3"]);
  t.deepEqual(check(t, { "theme.json": JSON.stringify({ ...manifest, version: "one" }, null, 1) }), ["T102 error theme.json:4"]);
  t.deepEqual(check(t, { "theme.json": JSON.stringify({ ...manifest, parent: "gone" }, null, 1) }), ["T103 error theme.json:8"]);
  t.deepEqual(check(t, { "theme.json": JSON.stringify({ ...manifest, parent: "mine" }, null, 1) }), ["T103 error theme.json:8"]);
});

test("files: links, names, sizes, types, broken texts, and what is named and not there", (t) => {
  const found = check(
    t,
    {
      "theme.json": JSON.stringify({ ...manifest, styles: ["gone.css"] }, null, 1),
      "assets/a b.css": "",
      "assets/film.mp4": "",
      "locales/en.json": "[",
      "templates/large.njk": " ".repeat(65 * 1024),
      "templates/notes.html": "",
    },
    ["link.txt"],
  );

  for (const one of [
    "T201 error link.txt:0",
    "T202 error assets/a b.css:0",
    "T203 error templates/large.njk:0",
    "T204 error theme.json:10",
    "T205 error assets/film.mp4:0",
    "T205 error templates/notes.html:0",
    "T207 error locales/en.json:0",
  ])
    t.true(found.includes(one), `${one}\n${found.join("\n")}`);
});

test("templates: what cannot be compiled and names nobody knows, each with its line", (t) => {
  const found = check(t, {
    "templates/home.njk": "{% extends 'layout.njk' %}\n{% block main %}\n{% for %}",
    "templates/post.njk": `{% extends "gone.njk" %}
{{ frob(1) }}{{ t("x") }}
{{ post.title | shout }}
{% if post is lovely %}{% endif %}
{{ weather.today }}{% for one in posts %}{{ one.title }}{% endfor %}
{% include "partials/gone.njk" %}{% include "maybe.njk" ignore missing %}
{{ slot("attic") }}
{{ post.title | safe }}{{ "<b>" | safe }}`,
    "templates/plugin/feeds/list.njk": '{{ anything }}{{ t("text.of.the.plugin") }}',
  });

  t.deepEqual(found, [
    "T301 error templates/home.njk:3",
    "T302 error templates/post.njk:2",
    "T303 error templates/post.njk:3",
    "T304 error templates/post.njk:4",
    "T305 warning templates/post.njk:5",
    "T305 warning templates/post.njk:5",
    "T306 error templates/post.njk:1",
    "T306 error templates/post.njk:6",
    "T307 error templates/post.njk:7",
    "T311 warning templates/post.njk:2",
    "T901 warning templates/post.njk:8",
  ]);
});

test("what pages must print: head() and bodyEnd() in every document, also through an include; the slots that plugins need", (t) => {
  const onlyStatic = (files: Record<string, string>) => check(t, files).filter((one) => /^T40[1-4]/.test(one));
  t.deepEqual(onlyStatic({ "templates/home.njk": "<html>{{ head() }}</html>" }), ["T402 error templates/home.njk:1"]);
  t.deepEqual(
    onlyStatic({
      "templates/home.njk": "{% include 'partials/h.njk' %}",
      "templates/partials/h.njk": "{{ head() }}{{ bodyEnd() }}",
    }),
    [],
  );
  const bare = onlyStatic({
    "templates/layout.njk": "{{ head() }}{% block main %}{% endblock %}{{ bodyEnd() }}",
    "templates/partials/footer.njk": "",
    "templates/partials/profile.njk": "",
  });
  t.deepEqual(bare, ["T403 error templates:0", "T404 info templates:0", "T404 info templates:0", "T404 info templates:0"]);
});

test("one template in an editor: its own findings and what it does to pages, not what its theme had before", (t) => {
  const chain = new Themes({ bundled: bundledThemes, installed: "/nowhere" }).chain("perch");
  const found = (source: string, name = "partials/neighbours.njk") =>
    checkTemplate(source, { name, chain }).map(({ code, file, line }) => `${code} ${file}:${line}`);

  t.deepEqual(found(chain.at(-1)!.template("partials/neighbours.njk")!.source), []);
  t.deepEqual(found("{{ post.titel }}"), ["T308 templates/partials/neighbours.njk:1"]);
  t.deepEqual(found("\n{% if %}"), ["T301 templates/partials/neighbours.njk:2"]);
  t.deepEqual(found("\n{{ [1] | batch(0) }}"), ["T309 templates/partials/neighbours.njk:2"]);
  t.deepEqual(found("<h1>{{ post.title }}</h1>"), ["T407 templates/partials/neighbours.njk:0"]);
  t.deepEqual(found("{{ post.title | safe }}<p style='color:red'></p>"), [
    "T901 templates/partials/neighbours.njk:1",
    "T903 templates/partials/neighbours.njk:1",
  ]);
});

test("the same mistake all over a template is told a hundred times, each with its line", (t) => {
  const chain = new Themes({ bundled: bundledThemes, installed: "/nowhere" }).chain("perch");
  const found = checkTemplate("<img>\n".repeat(5000), { name: "partials/neighbours.njk", chain });
  const lines = found.filter(({ code }) => code === "T701").map(({ line }) => line);

  t.is(lines.length, 100);
  // One is about a page it draws, and has no line.
  t.deepEqual([lines[0], lines[1], lines[99]], [0, 1, 99]);
});

test("a theme that runs into the budgets is told so once, and holds nobody up for long", (t) => {
  const found = check(t, {
    "templates/home.njk": "{% for a in range(1000) %}{% for b in range(1000) %}{% endfor %}{% endfor %}",
  });

  t.deepEqual(
    found.filter((one) => one.startsWith("T309")),
    ["T309 error templates/home.njk:1"],
  );
});
