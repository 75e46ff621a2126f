import test from "ava";
import type { Scope } from "../../hooks/scope.ts";
import { databases } from "../../storage/testing.ts";
import { publish } from "../publish.ts";
import { postByPath, postById } from "../read.ts";
import { postByKey } from "../post-keys.ts";
import { testScope } from "../testing.ts";
import { autosave, storedOf, type Autosaved, type Typing } from "./autosave.ts";
import { discardEdit, settleEdit } from "./edits.ts";

const typing = (content: string, more: Partial<Typing> = {}): Typing => ({
  key: "4f1c2d1e-0000-4000-8000-000000000001",
  draft: { title: "", content },
  fields: { content: [content], category: ["Riv"] },
  page: "",
  expected: null,
  ...more,
});

function saved(answer: Autosaved) {
  if (!answer.isSaved) throw new Error(`Not saved: ${JSON.stringify(answer)}`);
  return answer;
}

const conflictOf = (answer: Autosaved) => ("conflict" in answer ? answer.conflict : undefined);

async function publicPost(scope: Scope, content: string) {
  const outcome = await publish(scope, { content });
  if (!outcome.ok) throw new Error(outcome.refusal.refuse);
  return outcome.post;
}

const revisions = async (scope: Scope) => (await scope.storage.query("SELECT id FROM revisions")).length;

for (const dialect of databases) {
  test(`${dialect}: typing makes a draft once, counts its versions, and leaves neither revisions nor categories nor news`, async (t) => {
    const told: string[] = [];
    const { scope, touched } = await testScope(t, {
      dialect,
      taps: { has: () => true, event: async (_scope, name) => void told.push(name), first: async () => undefined },
    });

    const first = saved(await autosave(scope, typing("The her"), null));
    const second = saved(await autosave(scope, typing("The heron", { expected: "1" }), first.stored.post));

    t.deepEqual([first.isNew, second.isNew, first.stored.version, second.stored.version], [true, false, "1", "2"]);
    const post = await postByKey(scope, typing("").key);
    t.like(post, { status: "draft", source: "The heron", version: 2, path: "", categories: [] });
    t.is(await revisions(scope), 0);
    t.deepEqual(await scope.storage.query("SELECT id FROM categories"), []);
    t.deepEqual([told, touched], [[], []]);
  });

  test(`${dialect}: two first requests of one composer make one draft`, async (t) => {
    const { scope } = await testScope(t, { dialect });

    const answers = await Promise.all([1, 2, 3].map(() => autosave(scope, typing("Once", { page: "a" }), null)));

    t.is(new Set(answers.map((one) => saved(one).stored.post.id)).size, 1);
    t.is((await scope.storage.query("SELECT id FROM posts")).length, 1);
  });

  test(`${dialect}: readers of a published post see the old text while another is typed beside it`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const post = await publicPost(scope, "The old text");

    const first = saved(await autosave(scope, typing("New", { expected: "1" }), post));
    const second = saved(await autosave(scope, typing("New text", { expected: "1.1" }), post));

    t.deepEqual([first.stored.version, second.stored.version], ["1.1", "1.2"]);
    t.like(await postByPath(scope, post.path), { source: "The old text", version: 1 });
    t.deepEqual((await storedOf(scope, post)).edit?.fields.content, ["New text"]);
    t.is(await revisions(scope), 1);
  });
}

test("what another device stored meanwhile is a conflict, and what it stored is given", async (t) => {
  const { scope } = await testScope(t);
  const { stored } = saved(await autosave(scope, typing("Mine"), null));
  saved(await autosave(scope, typing("Theirs", { expected: "1", page: "other" }), stored.post));
  const now = (await postById(scope, stored.post.id))!;

  const late = await autosave(scope, typing("Mine, longer", { expected: "1" }), now);
  const blind = await autosave(scope, typing("Mine, longer", { expected: null }), now);

  t.is(conflictOf(late)?.post.source, "Theirs");
  t.is(conflictOf(late)?.version, "2");
  t.is(conflictOf(blind)?.version, "2");
});

test("a composer that did not hear the answer to its last request is not in conflict with itself", async (t) => {
  const { scope } = await testScope(t);
  const first = saved(await autosave(scope, typing("One", { page: "a" }), null));

  const again = saved(await autosave(scope, typing("One", { page: "a" }), first.stored.post));
  const further = saved(await autosave(scope, typing("One two", { page: "a" }), first.stored.post));

  t.deepEqual([again.isNew, again.stored.version, further.stored.version], [false, "1", "2"]);
});

test("the same words again are no conflict, whoever sends them", async (t) => {
  const { scope } = await testScope(t);
  const first = saved(await autosave(scope, typing("One"), null));

  t.is(saved(await autosave(scope, typing("One"), first.stored.post)).stored.version, "1");
});

test("an update by somebody else is a conflict for what is pending beside the old version", async (t) => {
  const { scope } = await testScope(t);
  const post = await publicPost(scope, "Old");
  saved(await autosave(scope, typing("Pending", { expected: "1", page: "a" }), post));
  await publish(scope, { id: post.id, content: "Updated elsewhere" });
  const now = (await postById(scope, post.id))!;

  const answer = await autosave(scope, typing("Pending, longer", { expected: "1.1", page: "a" }), now);

  t.is(conflictOf(answer)?.post.source, "Updated elsewhere");
});

test("a draft that is gone, or in the trash, is a conflict too, and nothing is made anew behind somebody's back", async (t) => {
  const { scope } = await testScope(t);

  t.is(conflictOf(await autosave(scope, typing("Words", { expected: "3" }), null)), null);
  t.deepEqual(await scope.storage.query("SELECT id FROM posts"), []);
});

test("what a post could not hold is said while it is typed", async (t) => {
  const { scope } = await testScope(t);

  const answer = await autosave(scope, typing("Words", { draft: { title: "x".repeat(501), content: "Words" } }), null);

  t.like(answer, { isSaved: false, refusal: { field: "title", status: 422 } });
});

test("discarded changes can be brought back; an update takes along what it has seen and leaves what it has not", async (t) => {
  const { scope } = await testScope(t);
  const post = await publicPost(scope, "Old");
  saved(await autosave(scope, typing("Pending", { expected: "1" }), post));

  await discardEdit(scope, post.id, true);
  t.is((await storedOf(scope, post)).edit, null);
  await discardEdit(scope, post.id, false);
  t.deepEqual((await storedOf(scope, post)).edit?.fields.content, ["Pending"]);

  await scope.storage.write((db) => settleEdit(scope, db, post.id, { version: "1", page: "" }));
  t.truthy((await storedOf(scope, post)).edit);
  await scope.storage.write((db) => settleEdit(scope, db, post.id, { version: "1.1", page: "" }));
  t.is((await storedOf(scope, post)).edit, null);
});

test("a draft becomes an article when it gets a title", async (t) => {
  const { scope } = await testScope(t);
  const { stored } = saved(await autosave(scope, typing("Words"), null));
  t.is(stored.post.kind, "note");

  const outcome = await publish(scope, { id: stored.post.id, title: "Herons", status: "published" });

  t.is(outcome.ok && outcome.post.kind, "article");
});
