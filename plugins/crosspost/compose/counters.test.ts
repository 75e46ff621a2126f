import test from "ava";
import type { CounterName } from "../api.ts";
import { countText } from "./counters.ts";

// The vectors of the reference: X from twitter-text 3.1.0, the others from Node's own segmenter.
const columns: readonly CounterName[] = ["utf16", "grapheme", "bytes", "weighted", "mastodon"];
const vectors: readonly (readonly [text: string, ...counts: number[]])[] = [
  ["héllo", 5, 5, 6, 5, 5],
  ["日本語", 3, 3, 9, 6, 3],
  ["😀", 2, 1, 4, 2, 1],
  ["👨‍👩‍👧‍👦", 11, 1, 25, 2, 1],
  ["🇯🇵", 4, 1, 8, 2, 1],
  ["e\u0301", 2, 1, 3, 1, 1],
  ["see https://example.com/a/very/long/path?x=1 ok", 47, 47, 47, 30, 30],
  ["example.com no scheme", 21, 21, 21, 33, 21],
  ["@a@mastodon.social hi", 21, 21, 21, 21, 5],
  ["“quotes” — dash", 15, 15, 21, 15, 15],
  ["ﷺ", 1, 1, 3, 2, 1],
];

test("every counter gives what the services give", (t) => {
  for (const [text, ...counts] of vectors)
    t.deepEqual(
      columns.map((counter) => countText(text, counter)),
      counts,
      text,
    );
  t.is(countText("👨‍👩‍👧‍👦 e\u0301", "codepoint"), 10);
  t.is(countText("héllo 日本 😀👨‍👩‍👧‍👦", "utf8emoji"), 9 + 4 + 25);
});

test("an address ends where its sentence goes on, and is one only with a name as its host", (t) => {
  for (const text of [
    "https://lee.example/a_(b)",
    "(https://lee.example/abc)",
    "https://lee.example/abc,def.",
    "“https://lee.example/a”",
  ])
    t.is(countText(text, "mastodon"), 23 + text.replace(/https:\/\/[\w./]*(\(b\)|,def)?/, "").length, text);
  t.is(countText("http://localhost/a/very/long/way/to/nowhere", "mastodon"), 43);
  t.is(countText(`https://lee.example/${"日".repeat(40)}`, "mastodon"), 23 + 40);
  t.is(countText("write to kim@kim.example or see https://social.example/@kim@lee.example", "mastodon"), 32 + 23);
});

test("what a server may count in full is counted in full: stray brackets and ends, joined words, names that are not ASCII", (t) => {
  const vectors: readonly (readonly [text: string, count: number])[] = [
    ["xhttps://lee.example/abcdef", 27],
    ["https://lee.example/a====", 23 + 4],
    ["https://lee.example/a(bbbbbb", 23 + 7],
    ["(https://lee.example/a)[https://ana.example/b]", 23 + 23 + 4],
    ["https://lee.example/(https://ana.example/b", 23 + 22 + 23],
    ["https://lee.example#abcdef", 23 + 7],
    ["https://lee.example?q=1", 23],
    ["https://kim:pw@lee.example/", 27],
    ["@ünal@social.example", 20],
    ["e\u0301@kim@social.example", 20],
    ["@kim@social.example@lee", 23],
    ["@kim.b-c@social.example", 8],
  ];
  for (const [text, count] of vectors) t.is(countText(text, "mastodon"), count, text);
  t.is(countText("see https://lee.example/a", "mastodon", 30), 34);
  t.is(countText("see https://lee.example/abcdefghijkl", "mastodon", 25), 36, "other software may count it all");
});
