import test from "ava";
// @ts-expect-error plain JavaScript, because it runs on the machine's own Node
import { missingFlags, servingFlags } from "./serving-flags.mjs";

const bare = { execArgv: [], env: {} };

test("processes that serve are started with the flags that keep them small, others as they are", (t) => {
  for (const command of ["start", "web", "worker"]) t.is(missingFlags([command, "--dev"], bare), servingFlags);
  for (const parameters of [[], ["doctor"], ["import", "start"]]) t.deepEqual(missingFlags(parameters, bare), []);
});

test("flags are given once, and not against what somebody chose", (t) => {
  t.deepEqual(missingFlags(["start"], { ...bare, execArgv: ["--inspect", ...servingFlags] }), []);
  t.deepEqual(missingFlags(["start"], { ...bare, env: { NODE_OPTIONS: "--max-semi-space-size=32" } }), []);
  t.is(missingFlags(["start"], { execArgv: ["--inspect"], env: { NODE_OPTIONS: "--trace-warnings" } }), servingFlags);
});
