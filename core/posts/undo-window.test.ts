import test from "ava";
import { databases } from "../storage/testing.ts";
import { publish, type Outcome } from "./publish.ts";
import { restore, trash, undoPublish, unpublish } from "./remove.ts";
import { postById } from "./read.ts";
import { testScope } from "./testing.ts";
import { copiesOf } from "./targets/target-rows.ts";

const posted = (outcome: Outcome) => (outcome.ok ? outcome.post : Promise.reject(new Error(outcome.refusal.refuse)));

const taps = (patient: readonly string[], quick: readonly string[] = []) => ({
  durable: (_scope: unknown, name: string) => (name === "post.saved" ? [] : [...patient, ...quick]),
  afterUndo: (_scope: unknown, name: string) => (["post.published", "post.restored"].includes(name) ? patient : []),
});

const jobsOf = async (scope: Awaited<ReturnType<typeof testScope>>["scope"]) =>
  (await scope.storage.query("SELECT plugin_id, name, run_at, data FROM jobs ORDER BY plugin_id, name")).map(
    (row) => `${row.plugin_id} ${row.name} ${String(row.run_at).slice(14, 19)}`,
  );

for (const dialect of databases) {
  test(`${dialect}: who waits for Undo is told 30 seconds later, who does not at once`, async (t) => {
    const { scope } = await testScope(t, { dialect, taps: taps(["far"], ["near"]) });
    await posted(await publish(scope, { content: "Hello" }));
    t.deepEqual(await jobsOf(scope), ["far event:post.published 00:30", "near event:post.published 00:00"]);
  });

  test(`${dialect}: Undo gives a draft, and who was not told yet never hears of it`, async (t) => {
    const { scope } = await testScope(t, { dialect, taps: taps(["far"], ["near"]) });
    const post = await posted(await publish(scope, { content: "Hello" }));
    const undone = await undoPublish(scope, post.id, post.version);
    t.is(undone !== "late" && undone?.status, "draft");
    t.deepEqual(await jobsOf(scope), ["near event:post.published 00:00", "near event:post.removed 00:00"]);
  });

  test(`${dialect}: Undo takes the date back that publishing gave, so that the post comes out as a new one; a chosen date stays`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const dateAfterUndo = async (publishedAt?: string) => {
      const post = await posted(await publish(scope, { content: "Hello", ...(publishedAt && { publishedAt }) }));
      const undone = await undoPublish(scope, post.id, post.version);
      return undone !== "late" && (await postById(scope, undone!.id))?.publishedAt;
    };
    t.is(await dateAfterUndo(), null);
    t.is(await dateAfterUndo("2020-02-02T12:00:00.000Z"), "2020-02-02T12:00:00.000Z");
  });

  test(`${dialect}: Undo after its time, or of another version, changes nothing`, async (t) => {
    const { scope, setNow } = await testScope(t, { dialect });
    const post = await posted(await publish(scope, { content: "Hello" }));
    t.is(await undoPublish(scope, post.id, post.version + 1), "late");
    setNow("2026-05-01T12:00:31.000Z");
    t.is(await undoPublish(scope, post.id, post.version), "late");
    t.is(await undoPublish(scope, "01JNONE0000000000000000000", 1), null);
  });

  test(`${dialect}: an edit within the time changes what will be told instead of telling twice`, async (t) => {
    const { scope } = await testScope(t, { dialect, taps: taps(["far"]) });
    const post = await posted(await publish(scope, { content: "Helo" }));
    await posted(await publish(scope, { id: post.id, content: "Hello" }));
    t.deepEqual(await jobsOf(scope), ["far event:post.published 00:30"]);
    const [job] = await scope.storage.query("SELECT data FROM jobs");
    t.is((JSON.parse(String(job!.data)) as { post: { source: string } }).post.source, "Hello");
  });

  test(`${dialect}: a post out of the trash is what it was before`, async (t) => {
    const { scope, setNow } = await testScope(t, { dialect });
    const draft = await posted(await publish(scope, { content: "Once out", status: "published" }));
    await unpublish(scope, draft.id);
    const planned = await posted(await publish(scope, { content: "Later", publishedAt: "2026-05-01T13:00:00Z" }));
    for (const { id } of [draft, planned]) await trash(scope, id);
    setNow("2026-05-02T12:00:00.000Z");
    t.deepEqual([(await restore(scope, draft.id))?.status, (await restore(scope, planned.id))?.status], ["draft", "scheduled"]);
  });

  test(`${dialect}: copies get their turn with the post and wait again when it is taken back`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const states = async (id: string) => (await copiesOf(scope, [id])).map((copy) => `${copy.target} ${copy.state}`);
    const draft = await posted(
      await publish(scope, { content: "Hello", status: "draft", targets: [{ target: "far/one" }, { target: "far/two" }] }),
    );
    t.deepEqual(await states(draft.id), ["one chosen", "two chosen"]);
    const post = await posted(
      await publish(scope, { id: draft.id, status: "published", targets: [{ target: "far/two", text: "Mine" }] }),
    );
    t.deepEqual(await states(post.id), ["two waiting"]);
    t.is((await copiesOf(scope, [post.id]))[0]?.ownText, "Mine");
    t.deepEqual(await jobsOf(scope), ["core post-copy 00:30"]);
    await undoPublish(scope, post.id, post.version);
    t.deepEqual([await states(post.id), await jobsOf(scope)], [["two chosen"], []]);
  });
}
