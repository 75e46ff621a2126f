import test from "ava";
import { openTestStorage } from "../storage/testing.ts";
import { Freshness } from "./freshness.ts";

type Change = { scope: string; number: number; changedAt: string };
const at = "2026-11-24T09:30:00.000Z";

async function watched(t: Parameters<typeof openTestStorage>[0], followed: (scope: string) => void | Promise<void>) {
  const storage = await openTestStorage(t);
  const changes: Change[] = [];
  let door: Promise<void> | null = null;
  let looks = 0;
  const read = async () => {
    looks++;
    const found = [...changes];
    await door;
    return found;
  };
  const freshness = new Freshness(storage, { changes: read, onChange: followed });
  return { freshness, changes, hold: (until: Promise<void> | null) => (door = until), looks: () => looks };
}

test("a change that another process made between two of our own is still found", async (t) => {
  const seen: string[] = [];
  const { freshness, changes } = await watched(t, (scope) => void seen.push(scope));
  freshness.own("plugins", 1);

  // The second was somebody else's.
  freshness.own("plugins", 3);
  changes.push({ scope: "plugins", number: 3, changedAt: at });
  await freshness.look();
  await freshness.look();

  t.deepEqual(seen, ["plugins"]);
});

test("a change that could not be followed is followed at the next look", async (t) => {
  let tries = 0;
  const { freshness, changes } = await watched(t, () => {
    if (++tries === 1) throw new Error("the database is away");
  });
  changes.push({ scope: "plugins", number: 1, changedAt: at });

  await t.throwsAsync(freshness.look(), { message: /away/ });
  await freshness.look();
  await freshness.look();

  t.is(tries, 2);
});

test("who asks while a look is under way gets one that began after the asking, shared by all who asked", async (t) => {
  const seen: string[] = [];
  const { freshness, changes, hold, looks } = await watched(t, (scope) => void seen.push(scope));
  const { promise, resolve } = Promise.withResolvers<void>();
  hold(promise);
  const early = freshness.look();
  changes.push({ scope: "blog", number: 1, changedAt: at });

  const late = [freshness.look(), freshness.look(), freshness.look()];
  hold(null);
  resolve();
  await early;
  t.deepEqual(seen, []);
  await Promise.all(late);

  t.deepEqual(seen, ["blog"]);
  t.is(looks(), 2);
});
