import test from "ava";
import { plainName } from "./plain-name.ts";

for (const [given, wanted] of [
  [" Ana \n  Lee\0 ", "Ana Lee"],
  ["\u202eevil\u2066", "evil"],
  ["\u202e\u2066\u200b\u3164", ""],
  ["می\u200cخواهم", "می\u200cخواهم"],
  ["👩\u200d🌾", "👩\u200d🌾"],
  ["a".repeat(199) + "🪶", "a".repeat(199)],
  ["\ud800x", "\ufffdx"],
  ["!", "!"],
] as const)
  test(`the name ${JSON.stringify(given).slice(0, 30)} is said as ${JSON.stringify(wanted).slice(0, 30)}`, (t) =>
    t.is(plainName(given), wanted));
