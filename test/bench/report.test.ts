import test from "ava";
import { isKept, median, ratioOf, type Reading } from "./measure.ts";
import { json, table } from "./report.ts";

const fast: Reading = { name: "start", value: 0.5, unit: "s", target: { atMost: 1 } };
const slow: Reading = { name: "cached", value: 0.68, unit: "× raw", target: { atLeast: 0.85 }, note: "raw 90000" };
const told: Reading = { name: "jobs", value: 3000, unit: "jobs/s" };

test("a reading keeps its promise from its target's side, and one without a target makes none", (t) => {
  t.deepEqual([fast, slow, told].map(isKept), [true, false, null]);
  t.deepEqual([fast, slow, told].map(ratioOf), [2, 0.68 / 0.85, null]);
});

test("the table says which readings fall short", (t) => {
  const lines = table([fast, slow, told]).split("\n");
  t.regex(lines[2]!, /^start +0\.50 s +≤ 1 +2\.00 +ok$/);
  t.regex(lines[3]!, /^cached +0\.68 × raw +≥ 0\.85 +0\.80 +SHORT +raw 90000$/);
  t.regex(lines[4]!, /^jobs +3000 jobs\/s$/);
});

test("programs get value, target, ratio and whether it is kept", (t) => {
  const [first, second] = JSON.parse(json([slow, told])) as unknown[];
  t.like(first, { name: "cached", value: 0.68, target: { atLeast: 0.85 }, ok: false });
  t.like(second, { name: "jobs", target: null, ratio: null, ok: null });
});

test("the middle of an even number of rounds lies between the two middle ones", (t) => {
  t.is(median([9, 1, 3, 2]), 2.5);
  t.throws(() => median([]));
});
