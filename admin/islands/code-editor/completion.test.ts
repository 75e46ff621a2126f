import test from "ava";
import { wordBefore } from "./completion.ts";

for (const [text, expected] of [
  ["<p>{{ po", { kind: "names", word: "po" }],
  ["{{ post.ti", { kind: "names", word: "post.ti" }],
  ["{{ post.title | trunc", { kind: "filters", word: "trunc" }],
  ["{{ post.title |", { kind: "filters", word: "" }],
  ["{% if post is not de", { kind: "tests", word: "de" }],
  ["{% if post is ", { kind: "tests", word: "" }],
  ['{{ slot("foo") }}\n{% for one in ', { kind: "names", word: "" }],
  ["<p>post", null],
  ["{{ post.title }} pos", null],
  ["{% endif %} pos", null],
  ['{{ slot("foo', null],
  ["", null],
] as const)
  test(`before the cursor stands “${text}”: ${expected ? `${expected.kind} for “${expected.word}”` : "nothing to offer"}`, (t) =>
    t.deepEqual(wordBefore(text), expected));
