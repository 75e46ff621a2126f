import test from "ava";
import { payloadSummary } from "./payload-summary.ts";

for (const [data, expected] of [
  [{ postId: "01JD0000000000000000000000", tries: 2 }, "postId: 01JD0000000000000000000000, tries: 2"],
  [
    { token: "abc", sealedSecret: "x", to: "lee", email: "lee@lee.example" },
    "token: •••, sealedSecret: •••, to: lee, email: •••",
  ],
  [{ link: "https://lee.example/reset?token=abc", hash: "a".repeat(64) }, "link: •••, hash: •••"],
  [{ text: "word ".repeat(40) }, `text: ${"word ".repeat(12)}…`],
  [{ list: [1, 2], more: { token: "abc" }, none: null }, "list: [2], more: {…}, none: null"],
  [{}, ""],
  ["plain", "plain"],
  [null, "null"],
] as const)
  test(`a job's data are shown as “${expected.slice(0, 50)}”`, (t) => t.is(payloadSummary(data), expected));

test("a job with much in it is cut off", (t) => {
  const many = Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`n${n}`, n]));

  t.regex(payloadSummary(many), /^n0: 0, .*n7: 7, …$/);
});
