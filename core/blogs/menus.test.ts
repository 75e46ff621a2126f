import test from "ava";
import type { Properties } from "../hooks/values.ts";
import { menuEntry, menusOf, stepped, withMenu, type MenuEntry } from "./menus.ts";

const entry = (label: string, level: 0 | 1 = 0): MenuEntry => ({ ...menuEntry("url", `/${label}`, label), key: label, level });
const shown = (entries: readonly MenuEntry[]) => entries.map(({ label, level }) => (level ? `-${label}` : label)).join(" ");
const menu = [entry("a"), entry("b", 1), entry("c"), entry("d"), entry("e", 1)];

for (const [key, step, expected] of [
  ["a", "up", "a -b c d -e"],
  ["c", "up", "c a -b d -e"],
  ["a", "down", "c a -b d -e"],
  ["d", "up", "a -b d -e c"],
  ["c", "down", "a -b d -e c"],
  ["d", "down", "a -b c d -e"],
  ["e", "up", "a -b c -e d"],
  ["b", "down", "a c -b d -e"],
  ["c", "in", "a -b -c d -e"],
  ["b", "out", "a b c d -e"],
  ["a", "in", "a -b c d -e"],
  ["a", "remove", "b c d -e"],
  ["nothing", "up", "a -b c d -e"],
] as const)
  test(`a b(under a) c d e(under d): ${key} ${step} gives ${expected}`, (t) => t.is(shown(stepped(menu, key, step)), expected));

for (const [kind, where, label, why] of [
  ["url", "javascript:alert(1)", "x", /address/],
  ["url", "//lee.example", "x", /address/],
  ["url", "/about", " ", /label/],
  ["page", "not-an-id", "", /Choose/],
  ["list", "followers", "", /Choose/],
  ["url", "/a", "x".repeat(101), /100 characters/],
] as const)
  test(`an entry ${kind} “${where}” labelled “${label.slice(0, 5)}” is refused in words`, (t) => {
    t.throws(() => menuEntry(kind, where, label), { message: why });
  });

test("menus are kept in the settings beside all else, and a menu nobody made is none", (t) => {
  const first = withMenu({ accent: "#123456" }, "main", [entry("a")]);
  const both = withMenu(first, "foot", []);

  t.is(both.accent, "#123456");
  t.deepEqual(Object.keys(menusOf({ settings: both })), ["main", "foot"]);
  t.deepEqual(menusOf({ settings: both }).foot, []);
  t.deepEqual(withMenu(withMenu(both, "foot", null), "main", null), { accent: "#123456" });
  t.throws(
    () =>
      withMenu(
        {},
        "main",
        Array.from({ length: 51 }, (_, n) => entry(String(n))),
      ),
    { message: /50 entries/ },
  );
});

test("menus of older scripts are read, and nonsense is passed by", (t) => {
  const settings: Properties = {
    menus: {
      main: [
        { label: "Books", url: "/books", children: [{ label: "Read", url: "/read" }] },
        { label: "Bad", url: "javascript:alert(1)" },
        { target: { kind: "page" }, key: "x", label: "" },
        7,
        null,
      ],
      foot: "nonsense",
    },
  };

  t.is(shown(menusOf({ settings }).main!), "Books -Read");
  t.deepEqual(menusOf({ settings }).foot, []);
  t.deepEqual(menusOf({ settings: { menus: [] } }), {});
});
