import test from "ava";
import { delayFor, retryDelay, verdictOf } from "./saving-plan.ts";

for (const [now, last, first, delay] of [
  [1_000, 1_000, 1_000, 2_000],
  [9_500, 9_400, 0, 500],
  [20_000, 19_900, 0, 0],
] as const)
  test(`at ${now}, typed last at ${last} and first at ${first}, the server hears in ${delay} ms`, (t) =>
    t.is(delayFor(now, last, first), delay));

test("a server that cannot be reached is tried after 5, 15, 60 seconds, and every minute from then on", (t) => {
  t.deepEqual([1, 2, 3, 4, 50].map(retryDelay), [5_000, 15_000, 60_000, 60_000, 60_000]);
});

for (const [status, verdict] of [
  [200, "saved"],
  [201, "saved"],
  [0, "offline"],
  [500, "offline"],
  [503, "offline"],
  [401, "signed-out"],
  [409, "conflict"],
  [412, "conflict"],
  [413, "refused"],
  [422, "refused"],
  [404, "refused"],
  [429, "wait"],
] as const)
  test(`${status} means: ${verdict}`, (t) => t.is(verdictOf(status), verdict));
