import test from "ava";
import { circlesBetweenRooms } from "./circles.ts";
import { exportedNames, hookNames, undocumented } from "./docs.ts";
import { tooLong } from "./sizes.ts";
import { badSql } from "./sql.ts";
import { brokenWalls } from "./walls.ts";

const files = (entries: Record<string, string>) => new Map(Object.entries(entries));

for (const [what, file, code] of [
  ["a room that imports from a floor above", "core/storage/a.ts", 'import { x } from "../web/b.ts";'],
  ["a type from a floor above", "core/posts/a.ts", 'import type { X } from "../host/b.ts";'],
  ["an import over several lines", "core/net/a.ts", 'import {\n  x,\n  y,\n} from "../jobs/b.ts";'],
  ["a room that imports the door of its own folder", "core/posts/read.ts", 'import { publish } from "./publish.ts";'],
  ["core that knows a plugin", "core/web/a.ts", 'import feeds from "../../plugins/feeds/plugin.ts";'],
  ["core that loads a plugin late", "core/cli/a.ts", 'await import("../../plugins/feeds/plugin.ts");'],
  ["core that knows a screen", "core/web/a.ts", 'import { s } from "../../admin/screens/a.ts";'],
  ["a plugin that reaches into the core", "plugins/feeds/a.ts", 'import { x } from "../../core/storage/rows.ts";'],
  ["a plugin that imports one it does not require", "plugins/feeds/a.ts", 'import { x } from "../sitemap/a.ts";'],
  ["a plugin with a package of its own", "plugins/feeds/a.ts", 'import koa from "koa";'],
  ["a plugin with the testing kit outside tests", "plugins/feeds/a.ts", 'import { x } from "rookery/testing";'],
  ["a theme that imports", "themes/perch/a.ts", 'import x from "node:fs";'],
  ["a way to the network past the guard", "core/people/a.ts", 'import http from "node:http";'],
  ["name resolution past the guard", "core/blogs/a.ts", 'import { resolve } from "node:dns/promises";'],
  ["a plugin with the network's modules", "plugins/feeds/a.ts", 'import net from "node:net";'],
  ["a bare fetch", "core/render/a.ts", "const answer = await fetch(url);"],
  ["a bare fetch by its long name", "plugins/feeds/a.ts", "const answer = await globalThis.fetch(url);"],
] as const) {
  test(`walls: ${what} is found`, (t) => {
    const found = brokenWalls(files({ [file]: `// a line\n${code}\n` }));

    t.is(found.length, 1, JSON.stringify(found));
    t.is(found[0]!.file, file);
    t.is(found[0]!.line, 2);
  });
}

test("walls: what is allowed is not found", (t) => {
  const found = brokenWalls(
    files({
      "core/web/a.ts": 'import { publish } from "../posts/publish.ts";\nimport { createServer } from "node:http";\n',
      "core/net/a.ts": 'import { lookup } from "node:dns";\nawait fetch(url);\n',
      "core/posts/publish.ts": 'import { x } from "./store.ts";\n',
      "core/render/a.ts": "const text = await context.fetch(url); // fetch(\n",
      "plugins/feeds/a.ts": 'import { x } from "rookery/plugin";\nimport { y } from "../sitemap/a.ts";\nimport "./b.ts";\n',
      "plugins/feeds/a.test.ts": 'import test from "ava";\nimport { x } from "rookery/testing";\n',
    }),
    new Map([["feeds", ["sitemap"]]]),
  );

  t.deepEqual(found, []);
});

test("circles: two rooms that import each other are found once, types aside", (t) => {
  const circle = {
    "core/posts/a.ts": 'import { x } from "../media/b.ts";',
    "core/media/b.ts": 'import { y } from "../posts/a.ts";',
  };

  t.is(circlesBetweenRooms(files(circle)).length, 1);
  t.deepEqual(circlesBetweenRooms(files({ ...circle, "core/media/b.ts": 'import type { Y } from "../posts/a.ts";' })), []);
});

test("sizes: a file over the ceiling is found, a test may be longer, a name that says nothing is found", (t) => {
  const text = "x\n".repeat(401);

  t.deepEqual(
    tooLong(files({ "core/a.ts": text, "core/a.test.ts": text, "core/b.ts": "x\n".repeat(400), "core/utils.ts": "" })).map(
      ({ file }) => file,
    ),
    ["core/a.ts", "core/utils.ts"],
  );
});

test("SQL: OFFSET and bigint are found where they are, not in prose", (t) => {
  const code =
    'const a = "SELECT id FROM posts LIMIT 5 OFFSET 10";\nconst b = `CREATE TABLE x (id bigint)`;\n// no OFFSET, no bigint\nconst offset = 3;\n';

  t.deepEqual(
    badSql(files({ "core/posts/a.ts": code })).map(({ line }) => line),
    [1, 2],
  );
});

test("docs: a missing page and a missing name are found, a longer name does not stand for a shorter one", (t) => {
  const page = (name: string) => ({ file: "docs/x.md", what: "hook", names: [name], isHeading: true });

  t.is(undocumented([page("post.saved")], () => null).length, 1);
  t.is(undocumented([page("post.saved")], () => "## post.savedTwice\npost.saved in prose\n").length, 1);
  t.deepEqual(
    undocumented([page("post.saved")], () => "## `post.saved` (event)\n"),
    [],
  );
});

test("docs: hooks and exports are read from the source", (t) => {
  t.deepEqual(hookNames('export interface Hooks {\n  "app.ready": { kind: "event" };\n  "post.kind": { kind: "first" };\n}\n'), [
    "app.ready",
    "post.kind",
  ]);
  t.deepEqual(exportedNames('export { a, b as c } from "x";\nexport type { D, type E } from "y";\nexport const f = 1;'), [
    "a",
    "c",
    "D",
    "E",
    "f",
  ]);
});
