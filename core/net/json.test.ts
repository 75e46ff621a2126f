import test from "ava";
import { JsonRefused, parseJson } from "./json.ts";

const refused: [title: string, text: string, reason: JsonRefused["reason"]][] = [
  ["a million levels", "[".repeat(1_000_000) + "]".repeat(1_000_000), "too-large"],
  ["33 levels", `${"[".repeat(33)}${"]".repeat(33)}`, "too-deep"],
  ["33 levels of objects", `${'{"a":'.repeat(33)}1${"}".repeat(33)}`, "too-deep"],
  ["a key __proto__", '{"__proto__":{"isAdmin":true}}', "reserved-key"],
  ["a key __proto__ spelled with escapes", '{"\\u005f_proto__":1}', "reserved-key"],
  ["a key constructor inside a list", '[{"a":{"constructor":1}}]', "reserved-key"],
  ["broken text", '{"a":', "malformed"],
  ["an unfinished string", '"\\', "malformed"],
  ["nothing", "", "malformed"],
  ["1,000,001 bytes", `"${"ü".repeat(500_000)}"`, "too-large"],
];

for (const [title, text, reason] of refused) {
  test(`JSON with ${title} is refused`, (t) => t.is(t.throws(() => parseJson(text), { instanceOf: JsonRefused }).reason, reason));
}

test("brackets inside strings are no levels", (t) => {
  t.deepEqual(parseJson(JSON.stringify({ a: '[[[["{{{{\\' + "[".repeat(100) })), { a: '[[[["{{{{\\' + "[".repeat(100) });
});

test("32 levels, reserved words as values and repeated keys are fine", (t) => {
  t.notThrows(() => parseJson(`${"[".repeat(32)}${"]".repeat(32)}`));
  t.deepEqual(parseJson('{"a":"__proto__","b":1,"b":2}'), { a: "__proto__", b: 2 });
});
