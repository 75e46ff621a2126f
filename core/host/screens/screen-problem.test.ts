import test from "ava";
import type { Plugin } from "../manifest.ts";
import { screensProblem } from "./screen-problem.ts";
import { ScreenTable } from "./screen-table.ts";

const screen = { on: "hub", path: "/birds", access: "member", title: "Birds", run: () => ({ template: "birds" }) } as const;
const plugin = (id: string, ...screens: object[]) =>
  ({ id, screens: screens.map((one) => ({ ...screen, ...one })) }) as unknown as Plugin;

for (const [what, more, sentence] of [
  ["a path without a slash", { path: "birds" }, /must be a path like/],
  ["the root", { path: "/" }, /must be a path like/],
  ["a path in a room of the dashboard", { path: "/b/kim/birds" }, /only the dashboard puts its own/],
  ["no side", { on: "moon" }, /on which side/],
  ["a method of scripts", { method: "PUT" }, /only be GET or POST/],
  ["an access nobody has", { access: "king" }, /has the access “king”/],
  ["a role of blogs on the hub", { access: "owner" }, /a role on a blog/],
  ["no title", { title: " " }, /has no title/],
  ["nothing to run", { run: undefined }, /nothing to run/],
  ["a menu of another side", { menu: "blog" }, /cannot be in the menu “blog”/],
  ["names in a menu", { path: "/birds/:id", menu: "you" }, /only a GET without :names/],
  ["a start page that is a form", { home: true, method: "POST" }, /cannot stand on the start page/],
  ["a start page for visitors", { home: true, access: "public" }, /cannot stand on the start page/],
  ["a place in the bar alone", { bar: "home" }, /a place in the menu too/],
] as const)
  test(`a screen with ${what} is refused in words`, (t) => {
    t.regex(screensProblem(plugin("aviary", more)) ?? "", sentence);
  });

test("the same address twice is refused, GET and POST of it are two", (t) => {
  t.regex(screensProblem(plugin("aviary", { path: "/x/:a" }, { path: "/x/:b" })) ?? "", /twice for GET/);
  t.is(screensProblem(plugin("aviary", {}, { method: "POST" }, { on: "blog", access: "author" })), null);
});

test("screens are found by path, exact ones first; HEAD asks as GET does", (t) => {
  const table = new ScreenTable([
    plugin("aviary", { path: "/birds/:name" }, { path: "/birds/new" }, { on: "blog", path: "/nests" }),
  ]);

  t.deepEqual(table.match("GET", "/birds/crow")?.params, { name: "crow" });
  t.deepEqual(table.match("HEAD", "/birds/new")?.params, {});
  t.deepEqual(table.match("GET", "/b/kim.example/nests")?.params, { blog: "kim.example" });
  t.is(table.match("POST", "/birds/new"), null);
  t.is(table.match("GET", "/birds/crow/wing"), null);
});

test("one plugin at most stands on the start page, and screens of menus for everybody are known", (t) => {
  const aviary = plugin(
    "aviary",
    { home: true },
    { path: "/open", access: "public", menu: "you" },
    { path: "/x", access: "public" },
  );
  const table = new ScreenTable([aviary]);

  t.is(table.home?.screen.path, "/birds");
  t.is(new ScreenTable([plugin("other", {})]).home, null);
  t.deepEqual(
    table.open().map(({ screen }) => screen.path),
    ["/open"],
  );
  t.throws(() => new ScreenTable([aviary, plugin("nests", { path: "/nests", home: true })]), {
    message: /“aviary” and “nests” both want the start page/,
  });
});

test("a route of another plugin at the same address of the hub is named", (t) => {
  const other = { id: "other", routes: [{ method: "GET", path: "/birds", on: "hub", access: "public" }] } as unknown as Plugin;

  t.throws(() => new ScreenTable([other, plugin("aviary", {})]), { message: /“other” and “aviary” both claim GET \/birds/ });
});
