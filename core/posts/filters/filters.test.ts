import test, { type ExecutionContext } from "ava";
import type { Draft } from "../../hooks/values.ts";
import { databases } from "../../storage/testing.ts";
import { coreJobs } from "../../worker/core-jobs.ts";
import { publish, publishMany, type Outcome } from "../publish.ts";
import { categoriesOf, listPosts, postById, redirectFrom } from "../read.ts";
import { trash } from "../remove.ts";
import { testScope } from "../testing.ts";
import { cancelFilterRun, filterJob, latestFilterRun, runFilter, startFilterRun } from "./apply-filter.ts";
import { filterFrom } from "./category-filter.ts";
import { addCategory, changeCategory, deleteCategory, freeCategoryName, mergeCategories } from "./change-categories.ts";
import { keepFilter } from "./stored-filters.ts";
import type { Dialect } from "../../storage/columns.ts";

const posted = (outcome: Outcome) => (outcome.ok ? outcome.post : Promise.reject(new Error(outcome.refusal.refuse)));
const running = () => new AbortController().signal;

async function place(t: ExecutionContext, dialect: Dialect) {
  const made = await testScope(t, { dialect });
  const { scope } = made;
  const write = scope.storage.write.bind(scope.storage);
  const add = (name: string) => write((db) => addCategory(scope, db, { name, description: "" }));
  const filter = (id: string, is: string, value = "") =>
    write((db) => keepFilter(scope, db, id, filterFrom("all", [{ is, value }])));
  const post = async (draft: Draft) => posted(await publish(scope, draft));
  const slugs = async (id: string) => (await postById(scope, id))!.categories.map(({ slug }) => slug);
  return { ...made, write, add, filter, post, slugs };
}

for (const dialect of databases) {
  test(`${dialect}: a new post goes into the categories whose filters it matches, beside those that were chosen`, async (t) => {
    const { add, filter, post, slugs } = await place(t, dialect);
    const birds = await add("Birds");
    await filter(birds.id, "text", "heron");

    const note = await post({ content: "A heron", categories: ["Walks"] });
    const other = await post({ content: "An otter", categories: ["Walks"] });

    t.deepEqual(await slugs(note.id), ["birds", "walks"]);
    t.deepEqual(await slugs(other.id), ["walks"]);
  });

  test(`${dialect}: a draft gets them when it is published; what its author takes away stays away`, async (t) => {
    const { add, filter, post, slugs } = await place(t, dialect);
    await filter((await add("Birds")).id, "text", "heron");

    const draft = await post({ content: "A heron", status: "draft", categories: ["Walks"] });
    t.deepEqual(await slugs(draft.id), ["walks"]);
    await post({ id: draft.id, status: "published" });
    t.deepEqual(await slugs(draft.id), ["birds", "walks"]);
    await post({ id: draft.id, content: "Two herons", categories: ["Walks"] });

    t.deepEqual(await slugs(draft.id), ["walks"]);
  });

  test(`${dialect}: pages and what an import brings keep the categories they came with`, async (t) => {
    const { scope, add, filter, post, slugs } = await place(t, dialect);
    await filter((await add("Birds")).id, "text", "heron");

    const page = await post({ kind: "page", title: "About herons", content: "heron" });
    const [old] = await publishMany(scope, [{ content: "A heron" }], { isQuiet: true });

    t.deepEqual(await slugs(page.id), []);
    t.deepEqual(await slugs((await posted(old!)).id), []);
  });

  test(`${dialect}: a renamed category keeps its posts, and its old address leads to the new one without a chain`, async (t) => {
    const { scope, write, add, post, touched } = await place(t, dialect);
    const birds = await add("Birds");
    await post({ content: "x", categories: ["Birds"] });
    touched.length = 0;

    await write((db) => changeCategory(scope, db, birds.id, { name: "Herons", description: "Grey ones" }));
    await write((db) => changeCategory(scope, db, birds.id, { name: "Waders", description: "" }));

    t.is(await redirectFrom(scope, "/categories/birds"), "/categories/waders");
    t.is(await redirectFrom(scope, "/categories/herons"), "/categories/waders");
    t.is((await listPosts(scope, { categoryId: birds.id })).length, 1);
    t.deepEqual(touched, [scope.blog!.id, scope.blog!.id]);
    await write((db) => changeCategory(scope, db, birds.id, { name: "Birds", description: "" }));
    t.is(await redirectFrom(scope, "/categories/birds"), null, "it stands there itself again");
  });

  test(`${dialect}: a name whose address is taken is refused, and a free one is known`, async (t) => {
    const { scope, write, add } = await place(t, dialect);
    const walks = await add("Walks");
    await add("Birds");

    await t.throwsAsync(add("birds!"), { message: /already/ });
    await t.throwsAsync(
      write((db) => changeCategory(scope, db, walks.id, { name: "Birds", description: "" })),
      { message: /already/ },
    );
    t.is(await freeCategoryName(scope, "Birds"), "Birds 2");
    for (const name of ["", "!!", "a, b", "x".repeat(201)]) await t.throwsAsync(add(name), { name: "PublicError" }, name);
  });

  test(`${dialect}: merging puts every post into the other one, once, and leads readers there`, async (t) => {
    const { scope, write, add, post } = await place(t, dialect);
    const [birds, herons] = [await add("Birds"), await add("Herons")];
    const both = await post({ content: "a", categories: ["Birds", "Herons"] });
    const single = await post({ content: "b", categories: ["Herons"] });

    await write((db) => mergeCategories(scope, db, { from: herons.id, into: birds.id }));

    const ids = (await listPosts(scope, { categoryId: birds.id })).map(({ id }) => id);
    t.deepEqual(ids.toSorted(), [both.id, single.id].toSorted());
    t.deepEqual(
      (await categoriesOf(scope)).map(({ name }) => name),
      ["Birds"],
    );
    t.is(await redirectFrom(scope, "/categories/herons"), "/categories/birds");
    await t.throwsAsync(
      write((db) => mergeCategories(scope, db, { from: birds.id, into: birds.id })),
      { message: /another category/ },
    );
  });

  test(`${dialect}: another blog's category can be neither seen, changed, merged, filtered nor deleted`, async (t) => {
    const { scope, write, add } = await place(t, dialect);
    const [birds, walks] = [await add("Birds"), await add("Walks")];
    const elsewhere = { ...scope, blog: { ...scope.blog!, id: "01JOTHER000000000000000000" } };
    const text = { name: "Mine", description: "" };

    for (const work of [
      () => write((db) => changeCategory(elsewhere, db, birds.id, text)),
      () => write((db) => mergeCategories(elsewhere, db, { from: birds.id, into: walks.id })),
      () => write((db) => deleteCategory(elsewhere, db, birds.id)),
      () => write((db) => keepFilter(elsewhere, db, birds.id, null)),
    ])
      await t.throwsAsync(work, { message: /no such category/ });
    t.is(await latestFilterRun(elsewhere, birds.id), null);
    t.deepEqual(
      (await categoriesOf(scope)).map(({ name }) => name),
      ["Birds", "Walks"],
    );
  });

  test(`${dialect}: deleting a category leaves its posts`, async (t) => {
    const { scope, write, add, filter, post } = await place(t, dialect);
    const birds = await add("Birds");
    await filter(birds.id, "text", "heron");
    const note = await post({ content: "A heron" });

    await write((db) => deleteCategory(scope, db, birds.id));

    t.deepEqual((await postById(scope, note.id))?.categories, []);
    t.deepEqual(await categoriesOf(scope), []);
    t.is((await post({ content: "A heron" })).categories.length, 0);
    await t.throwsAsync(
      write((db) => deleteCategory(scope, db, birds.id)),
      { message: /no such category/ },
    );
  });

  test(`${dialect}: a filter looks at old posts by a job that goes on after a crash and doubles nothing`, async (t) => {
    const { scope, storage, add, filter, post, setNow } = await place(t, dialect);
    for (let n = 0; n < 12; n++) {
      setNow(`2026-05-01T12:00:${String(n).padStart(2, "0")}.000Z`);
      await publishMany(
        scope,
        Array.from({ length: 25 }, (_, at) => ({ content: at % 2 === 0 ? `A heron ${n} ${at}` : `An otter ${n} ${at}` })),
      );
    }
    const hidden = await post({ content: "A heron unseen", visibility: "unlisted" });
    const gone = await post({ content: "A heron gone" });
    await trash(scope, gone.id);
    const birds = await add("Birds");
    await filter(birds.id, "text", "heron");

    const run = await startFilterRun(scope, birds.id);
    t.is((await startFilterRun(scope, birds.id)).id, run.id, "a second click starts no second run");
    const stopper = new AbortController();
    const halted = { ...scope, touch: async () => stopper.abort(new Error("killed")) };
    await t.throwsAsync(runFilter(halted, run.id, stopper.signal), { message: "killed" });
    t.like(await latestFilterRun(scope, birds.id), { state: "running", seen: 200, total: 300 });
    await runFilter(scope, run.id, running());
    await runFilter(scope, run.id, running());

    t.like(await latestFilterRun(scope, birds.id), { state: "done", seen: 300, changed: 156 });
    const rows = await storage.query("SELECT COUNT(*) AS n FROM post_categories WHERE category_id = ?", [birds.id]);
    t.is(Number(rows[0]!.n), 156);
    t.deepEqual((await postById(scope, hidden.id))?.categories, []);
    t.is((await storage.query("SELECT id FROM jobs WHERE name = ?", [filterJob])).length, 1);
  });

  test(`${dialect}: a run that is stopped puts nothing more in; without a filter there is none`, async (t) => {
    const { scope, storage, add, filter, post } = await place(t, dialect);
    await post({ content: "A heron" });
    const birds = await add("Birds");
    await t.throwsAsync(startFilterRun(scope, birds.id), { message: /no filter yet/ });
    await filter(birds.id, "text", "heron");
    const run = await startFilterRun(scope, birds.id);

    t.true(await cancelFilterRun(scope, birds.id));
    await coreJobs({ settings: { dataFolder: "/nowhere" } } as never)[filterJob]!(scope, { runId: run.id }, running());

    t.like(await latestFilterRun(scope, birds.id), { state: "cancelled", changed: 0 });
    t.deepEqual(await storage.query("SELECT post_id FROM post_categories"), []);
    t.false(await cancelFilterRun(scope, birds.id));
  });
}
