import test from "ava";
import { Breakers } from "./breaker.ts";

function setUp() {
  let now = 0;
  const gaveUp: string[] = [];
  const breakers = new Breakers({ now: () => new Date(now) }, (id, part) => gaveUp.push(`${id} ${part}`));
  const fail = (times: number) => {
    for (let i = 0; i < times; i++) if (breakers.isClosed("p", "hook")) breakers.record("p", "hook", true);
  };
  return { breakers, fail, gaveUp, pass: (ms: number) => (now += ms) };
}

test("five failures in a row open it, thirty seconds later one call may try", (t) => {
  const { breakers, fail, pass } = setUp();

  fail(4);
  t.true(breakers.isClosed("p", "hook"));
  fail(1);
  t.false(breakers.isClosed("p", "hook"));
  t.true(breakers.isClosed("p", "other part"));
  pass(30_000);
  t.true(breakers.isClosed("p", "hook"));
  t.false(breakers.isClosed("p", "hook"), "only one tries");
  breakers.record("p", "hook", false);
  t.true(breakers.isClosed("p", "hook"));
});

test("half of twenty calls in a minute open it, although successes lie between", (t) => {
  const { breakers } = setUp();

  for (let i = 0; i < 10; i++) {
    breakers.record("p", "hook", true);
    breakers.record("p", "hook", false);
  }
  breakers.record("p", "hook", true);

  t.false(breakers.isClosed("p", "hook"));
});

test("three openings in ten minutes are too many; three in a day are not", (t) => {
  const quick = setUp();
  for (let i = 0; i < 3; i++) {
    quick.fail(5);
    quick.pass(31_000);
  }
  t.deepEqual(quick.gaveUp, ["p hook"]);

  const slow = setUp();
  for (let i = 0; i < 3; i++) {
    slow.fail(5);
    slow.pass(3_600_000);
    slow.breakers.isClosed("p", "hook");
    slow.breakers.record("p", "hook", false);
  }
  t.deepEqual(slow.gaveUp, []);
});

test("a reset closes everything of one plugin", (t) => {
  const { breakers, fail } = setUp();
  fail(5);

  breakers.reset("p");

  t.true(breakers.isClosed("p", "hook"));
});
