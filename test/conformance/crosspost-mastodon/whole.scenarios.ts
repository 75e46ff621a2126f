import test from "ava";
import { disconnect } from "../../../core/host/connections/disconnect.ts";
import { askCopies, type CopyAction } from "../../../core/posts/targets/follow-post.ts";
import { copiesOf } from "../../../core/posts/targets/target-rows.ts";
import { bridge } from "../../fakes/bridge.ts";
import { install } from "./installed.testing.ts";

const target = "crosspost/crosspost-mastodon/@kim@birds.example";

async function whole(t: Parameters<typeof install>[0]) {
  const installed = await install(t, {}, true);
  const { host, connect } = installed;
  await connect("@kim@birds.example");
  const state = async (id: string) => (await copiesOf(host.scope(), [id])).map((copy) => copy.state).join();
  const later = async (by: Temporal.DurationLike) => {
    host.clock.advance(by);
    await host.runJobs();
  };
  const ask = async (id: string, action: CopyAction) => {
    const scope = host.scope();
    const copies = await copiesOf(scope, [id]);
    await scope.storage.write((db) => askCopies(scope, db, copies, action));
    await host.runJobs();
  };
  return { ...installed, state, later, ask };
}

test("a post goes to Mastodon, is changed there and removed again; its address stands in the post", async (t) => {
  const { host, server, state, later, ask } = await whole(t);
  const post = await host.publish({ text: "Herons *everywhere*.", targets: [{ target }] });
  await host.runJobs();
  t.is(server.held.statuses.length, 0, "not before the time for Undo is over");
  await later({ seconds: 31 });
  t.is(await state(post.id), "sent");
  t.deepEqual(
    server.held.statuses.map(({ text, visibility, application }) => [text, visibility, application]),
    [["Herons everywhere.", "public", "Rookery"]],
  );
  const [copy] = await copiesOf(host.scope(), [post.id]);
  t.is(copy!.url, `https://birds.example/@kim/${server.held.statuses[0]!.id}`);

  const titled = await host.publish({ title: "How nests are made", text: "Long. ".repeat(200), targets: [{ target }] });
  await later({ seconds: 31 });
  t.is(server.held.statuses[1]!.text, `How nests are made ${titled.url}`);
  await host.publish({ id: post.id, content: "Herons gone." });
  await ask(post.id, "update");
  t.like(server.held.statuses[0], { text: "Herons gone." });
  await ask(post.id, "remove");
  t.is(server.held.statuses.length, 1);
});

test("however the answer was lost, and while the server is down for an hour, there is one copy in the end", async (t) => {
  const { host, server, state, later } = await whole(t);
  for (const fault of ["timeout-after-create", "cut", "502", "429-reset"]) {
    server.held.statuses.length = 0;
    server.forced.add(fault, "POST /api/v1/statuses");
    const post = await host.publish({ text: `A heron: ${fault}`, targets: [{ target }] });
    for (let times = 0; times < 4; times++) await later({ minutes: 20 });
    t.is(await state(post.id), "sent", fault);
    t.is(server.held.statuses.length, 1, fault);
  }

  // Stored only when the try after it was done, and looked for under another text: an edit came between.
  server.held.statuses.length = 0;
  server.forced.add("held-create", "POST /api/v1/statuses");
  await host.publish({ text: "A heron, slowly", targets: [{ target }] });
  await later({ minutes: 2 });
  await later({ minutes: 20 });
  await server.forced.release();
  t.is(server.held.statuses.length, 1);

  server.held.statuses.length = 0;
  server.forced.add("timeout-after-create", "POST /api/v1/statuses");
  const edited = await host.publish({ text: "A heron, first", targets: [{ target }] });
  await later({ seconds: 31 });
  await host.publish({ id: edited.id, content: "A heron, second" });
  await later({ hours: 3 });
  t.deepEqual([await state(edited.id), server.held.statuses.length], ["sent", 1]);

  server.held.statuses.length = 0;
  host.network.on("* https://birds.example/*", { fails: "unreachable" });
  const post = await host.publish({ text: "Nobody there", targets: [{ target }] });
  for (let times = 0; times < 3; times++) await later({ minutes: 20 });
  t.is(await state(post.id), "waiting");
  bridge(host.network, "https://birds.example", server);
  await later({ hours: 3 });
  t.deepEqual([await state(post.id), server.held.statuses.length], ["sent", 1]);
});

test("what waits for an account that was disconnected, or whose token ended, goes once it is connected again", async (t) => {
  const { host, server, connect, state, later } = await whole(t);
  const parts = { host: host.house.host, secrets: host.house.secrets };
  const place = { pluginId: "crosspost-mastodon", setting: "accounts", blog: host.blog };
  const queued = await host.publish({ text: "On its way", targets: [{ target }] });
  t.true(await disconnect(parts, host.scope(), { ...place, account: "@kim@birds.example" }));
  await later({ minutes: 1 });
  t.deepEqual([await state(queued.id), server.held.statuses.length], ["parked", 0]);
  await connect("@kim@birds.example");
  await later({ minutes: 1 });
  t.deepEqual([await state(queued.id), server.held.statuses.length], ["sent", 1]);

  server.forced.add("expire-token", "POST /api/v1/statuses");
  const second = await host.publish({ text: "Second", targets: [{ target }] });
  for (let times = 0; times < 8; times++) await later({ hours: 12 });
  t.is(await state(second.id), "parked", "it burns no attempts");
  await connect("@kim@birds.example");
  await later({ minutes: 1 });
  t.deepEqual([await state(second.id), server.held.statuses.length], ["sent", 2]);
});
