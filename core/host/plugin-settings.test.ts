import test from "ava";
import type { Field } from "../hooks/fields.ts";
import { databases, openTestStorage } from "../storage/testing.ts";
import { checkValue, storedValues, storeValues, withDefaults } from "./plugin-settings.ts";

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

for (const dialect of databases) {
  test(`${dialect}: values are stored by place and taken back`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const place = { pluginId: "p", scope: "blog", scopeId: "b" } as const;

    await storage.write((db) => storeValues(db, place, { a: 1, b: "x", c: true }, new Date()));
    await storage.write((db) => storeValues(db, place, { a: 2, b: undefined }, new Date()));

    t.deepEqual(await storedValues(storage, place), { a: 2, c: true });
    t.deepEqual(await storedValues(storage, { ...place, scopeId: "other" }), {});
  });
}
