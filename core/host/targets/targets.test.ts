import test from "ava";
import { askCopies } from "../../posts/targets/follow-post.ts";
import { copiesOf } from "../../posts/targets/target-rows.ts";
import { postById } from "../../posts/read.ts";
import { erasePosts } from "../../posts/erase-many.ts";
import { erasePost, trash, undoPublish } from "../../posts/remove.ts";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Dialect } from "../../storage/columns.ts";
import { listTargets, previewOf, ruleOf } from "./list-targets.ts";
import { fakeTargets, type FakeService } from "./targets.testing.ts";

async function opened(t: Parameters<typeof createTestHost>[0], dialect: Dialect = "sqlite") {
  const service: FakeService = { got: [], answers: [] };
  const databaseUrl = await testDatabase(t, dialect);
  const host = await createTestHost(t, { plugins: [fakeTargets(service)], databaseUrl });
  const states = async (id: string) =>
    (await copiesOf(host.scope(), [id])).map((copy) => [copy.target, copy.state, copy.url || copy.reason].join(" ").trim());
  return { host, service, states };
}

for (const dialect of databases) {
  test(`${dialect}: a copy is sent when the time for Undo is over, and its address stands in the post`, async (t) => {
    const { host, service, states } = await opened(t, dialect);
    const post = await host.publish({ text: "Hello", targets: [{ target: "far-away/kim", text: "Hello, far" }] });
    await host.runJobs();
    t.deepEqual([service.got.length, await states(post.id)], [0, ["kim waiting"]]);

    host.clock.advance({ seconds: 31 });
    await host.runJobs();
    t.deepEqual(await states(post.id), ["kim sent https://far.example/kim/1"]);
    t.like(service.got[0], { target: "kim", text: "Hello, far", attempt: 1, action: "send" });
    const stored = await postById(host.scope(), post.id);
    t.deepEqual([stored?.properties.syndication, stored?.version], [["https://far.example/kim/1"], post.version]);
  });

  test(`${dialect}: what fails for now is tried again, what fails for good says why until somebody presses Retry`, async (t) => {
    const { host, service, states } = await opened(t, dialect);
    service.answers = [new Error("Far did not answer."), { state: "failed", reason: "Far refuses it." }];
    const post = await host.publish({ text: "Hello", targets: [{ target: "far-away/kim" }] });
    host.clock.advance({ seconds: 31 });
    await host.runJobs();
    t.deepEqual(await states(post.id), ["kim waiting Far did not answer."]);
    host.clock.advance({ minutes: 2 });
    await host.runJobs();
    t.deepEqual(await states(post.id), ["kim failed Far refuses it."]);
    t.deepEqual(
      service.got.map((one) => one.attempt),
      [1, 2],
    );

    const scope = host.scope();
    await scope.storage.write(async (db) => askCopies(scope, db, await copiesOf(scope, [post.id]), "send"));
    await host.runJobs();
    t.deepEqual(await states(post.id), ["kim sent https://far.example/kim/1"]);
  });

  test(`${dialect}: Undo before that sends nothing, and a copy can be changed and removed with its post`, async (t) => {
    const { host, service, states } = await opened(t, dialect);
    const undone = await host.publish({ text: "Oops", targets: [{ target: "far-away/kim" }] });
    await undoPublish(host.scope(), undone.id, undone.version);
    host.clock.advance({ minutes: 5 });
    await host.runJobs();
    t.deepEqual([service.got.length, await states(undone.id)], [0, ["kim chosen"]]);

    const post = await host.publish({ id: undone.id, status: "published" });
    host.clock.advance({ minutes: 1 });
    await host.runJobs();
    const scope = host.scope();
    for (const action of ["update", "remove"] as const) {
      await scope.storage.write(async (db) => askCopies(scope, db, await copiesOf(scope, [post.id]), action));
      await host.runJobs();
    }
    t.deepEqual(
      service.got.map((one) => [one.action, one.copy]),
      [
        ["send", null],
        ["update", { id: 1 }],
        ["remove", { id: 1 }],
      ],
    );
    t.deepEqual(await states(post.id), ["kim removed https://far.example/kim/1"]);
  });

  test(`${dialect}: a copy that cannot be changed is removed and sent anew, or stays where removing fails`, async (t) => {
    const { host, service, states } = await opened(t, dialect);
    const post = await host.publish({ text: "Hello", targets: [{ target: "far-away/kim" }] });
    host.clock.advance({ minutes: 1 });
    await host.runJobs();
    const scope = host.scope();
    const replace = () => scope.storage.write(async (db) => askCopies(scope, db, await copiesOf(scope, [post.id]), "replace"));
    service.answers = [{ state: "later", reason: "Busy." }];
    await replace();
    await host.runJobs();
    host.clock.advance({ minutes: 2 });
    await host.runJobs();
    t.deepEqual(
      service.got.map(({ action, copy }) => [action, copy]),
      [
        ["send", null],
        ["remove", { id: 1 }],
        ["remove", { id: 1 }],
        ["send", null],
      ],
    );
    t.deepEqual(await states(post.id), ["kim sent https://far.example/kim/1"]);
    t.deepEqual((await postById(scope, post.id))?.properties.syndication, ["https://far.example/kim/1"]);
    service.answers = [{ state: "failed", reason: "No." }];
    await replace();
    await host.runJobs();
    t.deepEqual([service.got.length, (await copiesOf(scope, [post.id]))[0]?.state], [5, "sent"]);
  });

  test(`${dialect}: copies of what is erased without the trash go where their rule says so, and stay otherwise`, async (t) => {
    const { host, service, states } = await opened(t, dialect);
    const scope = host.scope();
    const send = async () => {
      const post = await host.publish({ text: "Hello", targets: [{ target: "far-away/kim" }] });
      host.clock.advance({ minutes: 1 });
      await host.runJobs();
      return post.id;
    };
    const done = async (id: string) => [(await states(id)).length, service.got.splice(0).map(({ action }) => action)];
    const many = (id: string) => erasePosts(scope, [id], async () => undefined);

    for (const erase of [many, (id: string) => erasePost(scope, id)]) {
      service.follows = {};
      const stays = await send();
      await erase(stays);
      await host.runJobs();
      t.deepEqual(await done(stays), [0, ["send"]]);

      service.follows = { deletes: true };
      const goes = await send();
      await erase(goes);
      await host.runJobs();
      t.deepEqual(await done(goes), [0, ["send", "remove"]]);

      const kept = await send();
      await trash(scope, kept, "keep");
      await host.runJobs();
      await erase(kept);
      await host.runJobs();
      t.deepEqual(await done(kept), [0, ["send"]], "somebody chose that when it went into the trash");
    }
  });
}

test("targets are listed with what their rules and previews say; imports and switched-off plugins send nothing", async (t) => {
  const { host, service, states } = await opened(t);
  const scope = host.scope();
  const [far, wall] = await listTargets(scope);
  t.deepEqual([far?.uid, wall?.reconnect], ["far-away/kim", "Wall asks you to sign in again."]);
  const post = await host.publish({ text: "A long text ".repeat(10) });
  t.true((await ruleOf(scope, far!, post)).isOn);
  t.like(await previewOf(scope, far!, post), { isTruncated: true });

  const chosen = await host.publish({ text: "Later", targets: [{ target: "far-away/kim" }] });
  await host.house.host.disable("far-away");
  host.clock.advance({ minutes: 1 });
  await host.runJobs();
  t.deepEqual(await states(chosen.id), ["kim failed targets.reason-off"]);
  t.is(service.got.length, 0);
  t.deepEqual(await listTargets(host.scope()), []);
});
