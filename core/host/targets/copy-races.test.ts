import test from "ava";
import { publish } from "../../posts/publish.ts";
import { erasePost, restore, trash, unpublish } from "../../posts/remove.ts";
import { postById } from "../../posts/read.ts";
import { askCopies } from "../../posts/targets/follow-post.ts";
import { copiesOf } from "../../posts/targets/target-rows.ts";
import { wakeCopies } from "../../posts/targets/wake-copies.ts";
import { databases, testDatabase } from "../../storage/testing.ts";
import { createTestHost } from "../../testing/test-host.ts";
import type { Dialect } from "../../storage/columns.ts";
import { runCopy } from "./run-copy.ts";
import { fakeTargets, type FakeService } from "./targets.testing.ts";

const targets = [{ target: "far-away/kim" }];
const url = "https://far.example/kim/1";

async function opened(t: Parameters<typeof createTestHost>[0], dialect: Dialect) {
  const service: FakeService = { got: [], answers: [] };
  const host = await createTestHost(t, { plugins: [fakeTargets(service)], databaseUrl: await testDatabase(t, dialect) });
  const states = async (id: string) =>
    (await copiesOf(host.scope(), [id])).map((copy) => [copy.state, copy.attempts, copy.url || copy.reason].join(" ").trim());
  const later = async (minutes: number) => {
    host.clock.advance({ minutes });
    await host.runJobs();
  };
  const actions = () => service.got.map(({ action }) => action);
  return { host, service, states, later, actions };
}

for (const dialect of databases) {
  test(`${dialect}: progress is given back to the next try, whatever became of the one before`, async (t) => {
    const { host, service, states, later } = await opened(t, dialect);
    service.during = ({ progress, attempt }) => progress({ media: attempt });
    service.answers = [new Error("Far fell over."), { state: "later", reason: "Busy.", copy: { media: "two" } }];
    const post = await host.publish({ text: "Hello", targets });
    await later(1);
    await later(2);
    await later(10);
    t.deepEqual(
      service.got.map(({ attempt, copy }) => [attempt, copy]),
      [
        [1, null],
        [2, { media: 1 }],
        [3, { media: "two" }],
      ],
    );
    t.deepEqual(await states(post.id), [`sent 0 ${url}`]);

    const late = service.got[0]!;
    await t.throwsAsync(() => late.progress({ media: "late" }), { message: /time of this try is over/ });
    t.deepEqual((await copiesOf(host.scope(), [post.id]))[0]!.copy, { id: 1 });
  });

  test(`${dialect}: what may have arrived is never sent again by itself`, async (t) => {
    const { host, service, states, later } = await opened(t, dialect);
    service.answers = [{ state: "unknown", reason: "Far did not say.", copy: { begun: true } }];
    const post = await host.publish({ text: "Hello", targets });
    await later(1);
    await later(2000);
    t.deepEqual([service.got.length, await states(post.id)], [1, ["unknown 1 Far did not say."]]);
    const scope = host.scope();
    await scope.storage.write(async (db) => wakeCopies(db, { blogId: host.blog.id }, scope.clock.now()));
    await later(1);
    t.is(service.got.length, 1);
  });

  test(`${dialect}: parked copies burn no tries and get their turn when the account is there again`, async (t) => {
    const { host, service, states, later, actions } = await opened(t, dialect);
    const scope = host.scope();
    const wake = () => scope.storage.write(async (db) => wakeCopies(db, { blogId: host.blog.id }, scope.clock.now()));
    const parked = { state: "parked", reason: "Sign in again." } as const;
    service.answers = Array.from({ length: 8 }, () => parked);
    const post = await host.publish({ text: "Hello", targets });
    await later(1);
    await later(2000);
    t.deepEqual([service.got.length, await states(post.id)], [1, ["parked 0 Sign in again."]]);
    for (let times = 0; times < 7; times++) {
      t.is(await wake(), 1);
      await host.runJobs();
    }
    t.deepEqual(await states(post.id), ["parked 0 Sign in again."]);
    await wake();
    await host.runJobs();
    t.deepEqual(await states(post.id), [`sent 0 ${url}`]);
    t.true(service.got.every(({ attempt }) => attempt === 1));

    service.answers = [parked];
    await trash(scope, post.id, "remove");
    await host.runJobs();
    t.deepEqual(await states(post.id), [`removing 0 ${url}`]);
    await wake();
    await host.runJobs();
    t.deepEqual([await states(post.id), actions().at(-1)], [[`removed 0 ${url}`], "remove"]);
    t.is((await postById(scope, post.id))?.properties.syndication, undefined);
  });

  test(`${dialect}: changes and replacements that wait for their account are carried out when it is there again`, async (t) => {
    const { host, service, states, later, actions } = await opened(t, dialect);
    const scope = host.scope();
    const ask = (action: "update" | "replace") =>
      scope.storage.write(async (db) => askCopies(scope, db, await copiesOf(scope, [post.id]), action));
    const wake = () => scope.storage.write(async (db) => wakeCopies(db, { blogId: host.blog.id }, scope.clock.now()));
    const parked = { state: "parked", reason: "Sign in again." } as const;
    const post = await host.publish({ text: "Hello", targets });
    await later(1);

    service.answers = [parked];
    await ask("update");
    await host.runJobs();
    t.deepEqual(await states(post.id), [`sent 0 ${url}`]);
    await wake();
    await host.runJobs();
    t.deepEqual(actions(), ["send", "update", "update"]);

    service.answers = [parked, parked];
    await ask("replace");
    await host.runJobs();
    await wake();
    await host.runJobs();
    t.deepEqual(await states(post.id), [`removing 0 ${url}`]);
    await wake();
    await host.runJobs();
    t.deepEqual(actions().slice(3), ["remove", "remove", "remove", "send"]);
    t.deepEqual(await states(post.id), [`sent 0 ${url}`]);
  });

  test(`${dialect}: a copy that arrives after its post was removed with its copies is removed`, async (t) => {
    const { host, service, states, later, actions } = await opened(t, dialect);
    const scope = host.scope();
    const post = await host.publish({ text: "Hello", targets });
    service.during = async ({ attempt }) => attempt === 1 && (await trash(scope, post.id, "remove"));
    await later(1);
    t.deepEqual([actions(), await states(post.id)], [["send", "remove"], [`removed 0 ${url}`]]);

    const other = await host.publish({ text: "Hello you", targets });
    service.during = () => trash(scope, other.id, "remove");
    service.answers = [{ state: "failed", reason: "No." }];
    await later(1);
    t.deepEqual([actions().length, await states(other.id)], [3, ["removed 0"]]);
  });

  test(`${dialect}: a copy on its way out goes even when its post is erased for good meanwhile`, async (t) => {
    const { host, service, states, later, actions } = await opened(t, dialect);
    const post = await host.publish({ text: "Hello", targets });
    await later(1);
    service.answers = [{ state: "later", reason: "Busy." }];
    await trash(host.scope(), post.id, "remove");
    await host.runJobs();
    await erasePost(host.scope(), post.id);
    t.deepEqual(await states(post.id), [`removing 1 ${url}`]);
    await later(2);
    t.deepEqual([actions(), await states(post.id)], [["send", "remove", "remove"], []]);
    t.deepEqual(service.got.at(-1)!.copy, { id: 1 });
  });

  test(`${dialect}: copies follow edits and removals by their target's rule, also those that happen while they are sent`, async (t) => {
    const { host, service, states, later, actions } = await opened(t, dialect);
    const scope = host.scope();
    const post = await host.publish({ text: "Hello", targets });
    service.during = () => publish(scope, { id: post.id, content: "Hello again" });
    await later(1);
    t.deepEqual(actions(), ["send"], "without a rule nothing follows");
    delete service.during;

    service.follows = { edits: true, deletes: true };
    await publish(scope, { id: post.id, content: "Hello there" });
    await host.runJobs();
    await publish(scope, { id: post.id, content: "Kept" }, { copies: "keep" });
    await host.runJobs();
    t.deepEqual(actions(), ["send", "update"]);
    await unpublish(scope, post.id, "keep");
    await host.runJobs();
    t.deepEqual(await states(post.id), [`sent 0 ${url}`]);
    await restore(scope, post.id);

    const other = await host.publish({ text: "Quick", targets });
    service.during = async ({ post: sent, attempt }) =>
      attempt === 1 && sent.version === 1 && (await publish(scope, { id: other.id, content: "Quicker" }));
    await later(1);
    t.deepEqual(actions(), ["send", "update", "send", "update"]);
    t.is(service.got.at(-1)!.post.source, "Quicker");
    await trash(scope, other.id);
    await host.runJobs();
    t.deepEqual([actions().at(-1), await states(other.id)], ["remove", [`removed 0 ${url}`]]);
  });

  test(`${dialect}: of two workers with one job only one sends; a post that went between tries waits for its return`, async (t) => {
    const { host, service, states, later } = await opened(t, dialect);
    const scope = host.scope();
    const post = await host.publish({ text: "Hello", targets });
    await host.runJobs();
    const data = { postId: post.id, pluginId: "far-away", target: "kim", action: "send" };
    await Promise.all([runCopy(scope, data), runCopy(scope, data)]);
    t.deepEqual([service.got.length, await states(post.id)], [1, [`sent 0 ${url}`]]);

    const other = await host.publish({ text: "Hello you", targets });
    service.answers = [new Error("Busy.")];
    await later(1);
    await trash(scope, other.id);
    await later(60);
    t.deepEqual(await states(other.id), ["chosen 1 Busy."]);
    await restore(scope, other.id);
    await later(1);
    t.deepEqual([service.got.at(-1)!.attempt, await states(other.id)], [2, [`sent 0 ${url}`]]);
  });

  test(`${dialect}: what nobody is sure of is looked for on Retry; a copy that could not be removed is still there`, async (t) => {
    const { host, service, states, later } = await opened(t, dialect);
    const scope = host.scope();
    service.answers = Array.from({ length: 5 }, () => ({ state: "later", reason: "Busy." }));
    service.answers.push(new Error("Far fell over."));
    const post = await host.publish({ text: "Hello", targets });
    for (const minutes of [1, 2, 10, 60, 200, 1000]) await later(minutes);
    t.deepEqual(await states(post.id), ["failed 6 Far fell over."]);
    await scope.storage.write(async (db) => askCopies(scope, db, await copiesOf(scope, [post.id]), "send"));
    await host.runJobs();
    t.is(service.got.at(-1)!.attempt, 7);
    service.answers = [{ state: "failed", reason: "Far keeps it." }];
    await scope.storage.write(async (db) => askCopies(scope, db, await copiesOf(scope, [post.id]), "remove"));
    await host.runJobs();
    const [copy] = await copiesOf(scope, [post.id]);
    t.like(copy, { state: "sent", url, reason: "Far keeps it." });
  });
}
