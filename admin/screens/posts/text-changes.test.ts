import test from "ava";
import { textChanges } from "./text-changes.ts";

test("a change is told word by word, with what stays between", (t) => {
  t.deepEqual(textChanges("The heron is back", "The heron was back"), [
    { text: "The heron ", kind: "same" },
    { text: "is", kind: "removed" },
    { text: "was", kind: "added" },
    { text: " back", kind: "same" },
  ]);
  t.deepEqual(textChanges("", "New"), [{ text: "New", kind: "added" }]);
  t.deepEqual(textChanges("Same", "Same"), [{ text: "Same", kind: "same" }]);
  t.deepEqual(textChanges("", ""), []);
});

test("texts that would take too long come whole, one after the other", (t) => {
  const long = (seed: number) => Array.from({ length: 60_000 }, (_, at) => `w${(at * seed) % 99_991}`).join(" ");
  const changes = textChanges(long(7), long(13));
  t.is(changes[0]?.kind, "removed");
  t.true(changes.length <= 2);
});
