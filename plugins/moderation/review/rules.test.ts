import test from "ava";
import { saidHash, sameWords, whyHeld, wordsFrom, type Said } from "./rules.ts";

const said = (html: string, more: Partial<Said> = {}): Said => ({
  html,
  before: 0,
  same: 0,
  isOwnHost: (host) => host.endsWith("kim.example"),
  words: wordsFrom("cheap boats\nCAFÉ\n\n  \n"),
  ...more,
});

const cases: readonly (readonly [string, Said, readonly string[]])[] = [
  ["plain words", said("<p>Hello, I like herons</p>"), []],
  ["a link in the first", said('<p>See <a href="https://boats.example/x?a=1&amp;b=2">this</a></p>'), ["links"]],
  ["a link in plain words", said("<p>See https://boats.example/x</p>"), ["links"]],
  ["a link to a blog here", said('<a href="https://kim.example/a">Kim</a>'), []],
  ["a link in the fourth", said('<a href="https://boats.example/">x</a>', { before: 3 }), []],
  ["the third time", said("<p>Hello</p>", { same: 2 }), ["same"]],
  ["the second time", said("<p>Hello</p>", { same: 1 }), []],
  ["five names", said("<p>@a1 @b2 @c3 @d4 @e5 look</p>"), ["mentions"]],
  ["one name five times", said("<p>@a1 @a1 @A1 @a1 @a1 look</p>"), []],
  ["four names", said("<p>@a1 @b2 @c3 @d4</p>"), []],
  ["words of the list", said("<p>Buy CHEAP, boats!</p>"), ["words"]],
  ["inside another word", said("<p>cheap boatshed</p>"), []],
  ["wide and invisible letters", said("<p>ｃｈｅａｐ bo\u200Bats</p>"), ["words"]],
  ["accents", said("<p>cafe</p>"), ["words"]],
  ["nothing", said(""), []],
  ["half a letter", said("<p>\uD800 \u202E</p>"), []],
  ["a long one", said(`<p>${"reeds ".repeat(20_000)}</p>`), []],
];
for (const [name, value, expected] of cases) test(`new accounts: ${name}`, (t) => t.deepEqual(whyHeld(value), expected));

test("texts are the same whatever links and signs they end in; an address that is put in is a change", (t) => {
  const words = (html: string) => sameWords(html)[0];
  t.is(words("<p>Buy boats! https://a.example/1</p>"), words("<p>buy  BOATS https://b.example/2 …</p>"));
  t.not(words("<p>Buy boats</p>"), words("<p>Sell boats</p>"));
  const [from, to] = sameWords("<p>Buy boats</p>");
  const hash = saidHash("<p>Buy boats</p>");
  t.true(from < hash && hash < to && hash.length === 64);
  for (const other of [
    "<p>Buy boats https://a.example/</p>",
    '<p>Buy <a href="https://a.example/">boats</a></p>',
    "<p>Buy boats!</p>",
  ])
    t.not(saidHash(other), hash, other);
  t.is(saidHash('<p class="x">Buy boats</p>'), hash, "markup alone says nothing");
});
