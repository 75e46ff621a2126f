import test from "ava";
import { filterFrom, matches, type CategoryFilter, type Filtered } from "./category-filter.ts";

const post = (more: Partial<Filtered> = {}): Filtered => ({
  title: "",
  html: "<p>A heron at the <em>river</em>, 🐦 and 👩‍👩‍👧</p>",
  kind: "note",
  photos: [],
  audio: [],
  ...more,
});
const one = (is: string, value = "") => filterFrom("all", [{ is, value }])!;

for (const [filter, more, expected] of [
  [one("text", "HERON"), {}, true],
  [one("text", "the river"), {}, true],
  [one("text", "<em>"), {}, false],
  [one("text", "walk"), { title: "A walk" }, true],
  [one("text", "otter"), {}, false],
  [one("emoji", "🐦"), {}, true],
  [one("emoji", "👩"), {}, false],
  [one("emoji", "❤️"), { html: "<p>❤</p>" }, true],
  [one("emoji", "📚"), { title: "📚 Read" }, true],
  [one("longer", "5"), {}, true],
  [one("shorter", "5"), {}, false],
  [one("shorter", "4"), { html: "<p>👩‍👩‍👧é1</p>" }, true],
  [one("photo"), {}, false],
  [one("photo"), { photos: [{ url: "/media/a.jpg", alt: "" }] }, true],
  [one("audio"), { html: '<audio src="/a.mp3"></audio>' }, true],
  [one("link"), { html: '<p><a href="https://lee.example/">x</a></p>' }, true],
  [one("link"), { html: '<p><a href="/about">x</a></p>' }, false],
  [one("kind", "article"), { kind: "article" }, true],
  [one("kind", "article"), {}, false],
] as [CategoryFilter, Partial<Filtered>, boolean][])
  test(`${JSON.stringify(filter.conditions[0])} ${expected ? "finds" : "passes by"} ${JSON.stringify(more)}`, (t) =>
    t.is(matches(filter, post(more)), expected));

test("all conditions or any of them", (t) => {
  const typed = [
    { is: "text", value: "heron" },
    { is: "photo", value: "" },
  ];

  t.false(matches(filterFrom("all", typed)!, post()));
  t.true(matches(filterFrom("any", typed)!, post()));
});

test("rows left empty are no conditions, and none at all are no filter", (t) => {
  t.is(filterFrom("all", [{ is: "", value: "x" }]), null);
});

for (const [is, value] of [
  ["text", "  "],
  ["emoji", "ab"],
  ["emoji", "1"],
  ["longer", "many"],
  ["shorter", "-1"],
  ["kind", "No Kind"],
  ["regex", "(a+)+"],
] as const)
  test(`the condition ${is} “${value}” is refused in words`, (t) => {
    t.throws(() => filterFrom("all", [{ is, value }]), { name: "PublicError" });
  });

test("eleven conditions are too many", (t) => {
  const typed = Array.from({ length: 11 }, () => ({ is: "photo", value: "" }));

  t.throws(() => filterFrom("all", typed), { message: /10 conditions/ });
});
