import test from "ava";
import { listTargets } from "../../../core/host/targets/list-targets.ts";
import { isThere, openConnected } from "./on-fake.ts";

if (!isThere) test("skipped: the plugins crosspost and crosspost-bluesky are not there", (t) => t.pass());
const about = (isThere ? test : test.skip) as typeof test;

about("a post goes to Bluesky through crosspost, once, whatever happens on the way", async (t) => {
  const { host, fake, connect } = await openConnected(t, { isWhole: true });
  const texts = () => fake.posts.map(({ value }) => (value as { text: string }).text);
  const [target] = await listTargets(host.scope());
  const send = (text: string) => host.publish({ text, targets: [{ target: target!.uid }] });
  const later = async (by: Temporal.DurationLike = { minutes: 2 }) => {
    host.clock.advance(by);
    await host.runJobs();
  };

  await send("One, with a [link](https://lee.example/nests).");
  await later();
  t.deepEqual(texts(), ["One, with a link."]);
  t.like(fake.posts[0]!.value, { facets: [{ features: [{ uri: "https://lee.example/nests" }] }] });

  fake.forced.add("timeout-after-create");
  await send("Two");
  await later();
  await later({ hours: 1 });
  t.deepEqual(
    texts().filter((text) => text === "Two"),
    ["Two"],
  );

  // The look after it finds nothing, the next try makes it, and only then the first one is done: it is the same record.
  fake.forced.add("held-create");
  await send("Two and a half");
  await later();
  t.false(texts().includes("Two and a half"));
  await later({ hours: 1 });
  t.is(await fake.forced.release(), 1);
  t.deepEqual(
    texts().filter((text) => text === "Two and a half"),
    ["Two and a half"],
  );

  for (let n = 0; n < 3; n++) fake.forced.add("503");
  await send("Three");
  for (let n = 0; n < 4; n++) await later({ hours: 1 });
  t.deepEqual(
    texts().filter((text) => text === "Three"),
    ["Three"],
  );

  await send("Four");
  await host.house.host.connect("crosspost-bluesky", "accounts", null, { blog: host.blog });
  await later();
  t.false(texts().includes("Four"));
  await connect({ handle: "kim.test", password: "abcd-efgh-ijkl-mnop" });
  await later({ hours: 1 });
  t.deepEqual(texts(), ["One, with a link.", "Two", "Two and a half", "Three", "Four"]);
  t.deepEqual(await host.deadJobs(), []);
});
