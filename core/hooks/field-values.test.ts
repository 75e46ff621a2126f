import test from "ava";
import { fieldsProblem } from "./field-check.ts";
import { checkValue, withDefaults } from "./field-values.ts";
import type { Field } from "./fields.ts";

const field = (type: Field["type"], more: Partial<Field> = {}): Field => ({ type, label: "It", ...more });

const cases: readonly [Field, unknown, unknown][] = [
  [field("text"), "  hello ", "hello"],
  [field("text", { required: true }), " ", null],
  [field("text", { pattern: "[a-z]+" }), "abc", "abc"],
  [field("text", { pattern: "[a-z]+" }), "abc1", null],
  [field("text"), "x".repeat(2001), null],
  [field("number", { min: 1, max: 9 }), "3", 3],
  [field("number", { min: 1, max: 9 }), "10", null],
  [field("number"), "three", null],
  [field("boolean"), "on", true],
  [field("boolean"), "", false],
  [field("boolean"), false, false],
  [field("select", { options: ["a", { value: "b", label: "B" }] }), "b", "b"],
  [field("select", { options: ["a"] }), "c", null],
  [field("color"), "#AABBCC", "#aabbcc"],
  [field("color"), "red; }", null],
  [field("url"), "https://lee.example/", "https://lee.example/"],
  [field("url"), "javascript:alert(1)", null],
  [field("email"), "kim@example.com", "kim@example.com"],
  [field("email"), "kim", null],
  [field("date"), "2026-02-30", null],
  [field("text"), { a: 1 }, null],
  [field("handle"), "@kim@example.com", "kim@example.com"],
  [field("handle"), "kim", "kim"],
  [field("handle"), "kim at example", null],
  [field("dateTime"), "2026-11-24T10:30+01:00", "2026-11-24T09:30:00.000Z"],
  [field("dateTime"), "2026-11-24 10:30", null],
  [field("dateTime"), "2026-13-24T10:30Z", null],
  [field("duration"), "PT90M", "PT90M"],
  [field("duration"), "90", null],
  [field("duration", { min: 60, max: 3600 }), "PT59S", null],
  [field("duration", { min: 60, max: 3600 }), "P1D", null],
  [field("image"), "https://kim.example/media/a.jpg", "https://kim.example/media/a.jpg"],
  [field("image"), "javascript:alert(1)", null],
  [field("select", { options: ["a", "b"], multiple: true }), ["b", "b", "a"], ["b", "a"]],
  [field("select", { options: ["a", "b"], multiple: true }), "a", ["a"]],
  [field("select", { options: ["a", "b"], multiple: true }), ["c"], null],
  [field("select", { options: ["a"], multiple: true, required: true }), [], null],
  [field("oauth"), "token", null],
  [field("list", { fields: { url: field("url") } }), [{ url: "https://lee.example/", x: 1 }], [{ url: "https://lee.example/" }]],
  [field("list", { fields: { url: field("url") } }), '[{"url":"https://lee.example/"}]', [{ url: "https://lee.example/" }]],
  [field("list", { fields: { url: field("url") } }), [{ url: "nowhere" }], null],
  [field("list", { fields: { url: field("url") }, max: 1 }), [{}, {}], null],
  [field("list", { fields: { url: field("url") } }), "not json", null],
];

for (const [at, [one, given, expected]] of cases.entries()) {
  test(`value ${at}: ${one.type} from ${JSON.stringify(given).slice(0, 30)} is ${expected === null ? "refused" : JSON.stringify(expected)}`, (t) => {
    const checked = checkValue(one, given as never);
    t.deepEqual(checked.ok ? checked.value : null, expected);
  });
}

test("defaults stand in for what is missing or no longer valid, the nearest place first", (t) => {
  const fields = { size: field("number", { default: 20, max: 50 }), name: field("text"), on: field("boolean") };

  t.deepEqual(withDefaults(fields, {}), { size: 20, name: undefined, on: false });
  t.deepEqual(withDefaults(fields, { size: 99, name: "" }), { size: 20, name: undefined, on: false });
  t.deepEqual(withDefaults(fields, { size: 30 }, { size: 40, name: "far" }), { size: 30, name: "far", on: false });
});

test("what is wrong says where in a list, and in a sentence with the field's own name", (t) => {
  const links = field("list", { fields: { url: field("url", { label: "Address" }) } });

  const checked = checkValue(links, [{ url: "https://lee.example/" }, { url: "nowhere" }]);

  t.false(checked.ok);
  if (checked.ok) return;
  t.is(checked.path, "1.url");
  t.is(checked.problem.key, "url");
  t.is(checked.problem.sentence, "Address must be a web address such as https://example.com.");
});

for (const [wrong, fields] of [
  [/unknown type “colour”/, { a: field("colour" as never) }],
  [/needs options/, { a: field("select") }],
  [/needs min and max/, { a: field("range") }],
  [/depends on “b”/, { a: field("text", { when: { b: true } }) }],
  [/no regular expression/, { a: field("text", { pattern: "(" }) }],
  [/cannot be multiple/, { a: field("text", { multiple: true }) }],
  [/needs the fields of its entries/, { a: field("list") }],
  [/has no secret/, { a: field("list", { fields: { b: field("secret") } }) }],
  [/needs a plain name/, { "a-b": field("text") }],
] as const)
  test(`fields are refused when they are declared: ${String(wrong)}`, (t) => t.regex(fieldsProblem(fields)!, wrong));

test("sound fields of every shape are taken", (t) => {
  const fields = { kind: field("select", { options: ["a"] }), more: field("text", { when: { kind: "a" } }) };

  t.is(fieldsProblem({ ...fields, links: field("list", { fields }), size: field("range", { min: 1, max: 5 }) }), null);
});
