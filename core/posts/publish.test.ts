import test from "ava";
import { AsyncResource } from "node:async_hooks";
import { databases } from "../storage/testing.ts";
import { compose } from "./compose.ts";
import { storePosts } from "./store.ts";
import { addSyndication } from "./targets/syndication.ts";
import { chooseTargets, copiesOf } from "./targets/target-rows.ts";
import { publish, publishMany, type Outcome } from "./publish.ts";
import {
  categoriesOf,
  listedCategoriesOf,
  listPosts,
  monthsOf,
  neighboursOf,
  postById,
  postByPath,
  redirectFrom,
} from "./read.ts";
import { erasePost, publishScheduled, restore, trash, unpublish } from "./remove.ts";
import { testScope } from "./testing.ts";

const posted = (outcome: Outcome) => (outcome.ok ? outcome.post : Promise.reject(new Error(outcome.refusal.refuse)));

for (const dialect of databases) {
  test(`${dialect}: a note is stored whole and found by its address`, async (t) => {
    const { scope, touched } = await testScope(t, { dialect });

    const post = await posted(
      await publish(scope, { content: "Hello *birds*, how are you all today?", categories: ["Walks", "Été"] }),
    );

    t.is(post.path, "/2026/05/01/hello-birds-how-are-you-all");
    t.is(post.html.trim(), "<p>Hello <em>birds</em>, how are you all today?</p>");
    t.deepEqual(await postByPath(scope, post.path), await postById(scope, post.id));
    t.deepEqual(
      (await postByPath(scope, post.path))?.categories.map((category) => category.slug),
      ["walks", "ete"],
    );
    t.is(post.kind, "note");
    t.deepEqual(touched, [scope.blog!.id]);
    t.is((await scope.storage.query("SELECT id FROM revisions")).length, 1);
  });

  test(`${dialect}: an edit leaves what changed at the same moment without another version: addresses of copies, and what became of them`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const { id } = await posted(await publish(scope, { content: "Birds", targets: [{ target: "birds/kim" }] }));
    const composed = await compose(scope, { id, content: "Terns" }, await postById(scope, id));
    const elsewhere = AsyncResource.bind(() =>
      scope.storage.write(async (db) => {
        await addSyndication(scope, db, id, "https://birds.example/1");
        await db.run("UPDATE post_targets SET state = 'sent' WHERE post_id = ?", [id]);
      }),
    );
    if (dialect === "sqlite") await elsewhere();

    await scope.storage.write(async (db) => {
      // The view of a transaction on MariaDB is that of its first question.
      await db.query("SELECT id FROM posts");
      if (dialect === "mysql") await elsewhere();
      await storePosts(scope, db, [composed]);
      await chooseTargets(scope, db, id, [{ target: "birds/kim", text: "Other words" }]);
    });

    t.like(await postById(scope, id), { source: "Terns", properties: { syndication: ["https://birds.example/1"] } });
    t.deepEqual(
      (await copiesOf(scope, [id])).map(({ state }) => state),
      ["sent"],
    );
  });

  test(`${dialect}: edits at the same moment that name no version are all stored; one that names a version of before is refused`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const { id, version } = await posted(await publish(scope, { content: "Birds" }));

    const edits = [{ title: "Terns" }, { content: "Herons" }, { summary: "Of birds" }].map((edit) =>
      publish(scope, { id, ...edit }),
    );
    t.deepEqual(
      (await Promise.all(edits)).map(({ ok }) => ok),
      [true, true, true],
    );

    t.like(await postById(scope, id), { title: "Terns", source: "Herons", summary: "Of birds", version: version + 3 });
    t.like(await publish(scope, { id, version, content: "Owls" }), { ok: false, refusal: { key: "post.changed" } });
  });

  test(`${dialect}: two posts never share an address`, async (t) => {
    const { scope } = await testScope(t, { dialect });

    const outcomes = await publishMany(scope, [
      { title: "Birds", content: "a" },
      { title: "Birds", content: "b" },
      { title: "Birds", content: "c" },
    ]);
    const fourth = await posted(await publish(scope, { title: "Birds", content: "d" }));

    const paths = [...(await Promise.all(outcomes.map(posted))), fourth].map((post) => post.path);
    t.deepEqual(paths, ["/2026/05/01/birds", "/2026/05/01/birds-2", "/2026/05/01/birds-3", "/2026/05/01/birds-4"]);
    const many = Array.from({ length: 50 }, () => ({ title: "Birds", content: "e" }));
    const last = await posted((await publishMany(scope, many)).at(-1)!);
    t.regex(last.path, /^\/2026\/05\/01\/birds-[0-9a-z]{8}50$/, "beyond 49 with letters of its own");
  });

  test(`${dialect}: the same key gives the same post, also when both come at once`, async (t) => {
    const { scope } = await testScope(t, { dialect });

    const outcomes = await Promise.all([1, 2, 3].map((n) => publish(scope, { content: `Text ${n}`, key: "k-1" })));

    t.is(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.post.id : ""))).size, 1);
    t.is((await listPosts(scope)).length, 1);
  });

  test(`${dialect}: an edit keeps the address, an older version is a conflict`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const post = await posted(await publish(scope, { content: "First" }));

    const edited = await posted(await publish(scope, { id: post.id, content: "Second", version: 1 }));
    const late = await publish(scope, { id: post.id, content: "Third", version: 1 });

    t.is(edited.path, post.path);
    t.is(edited.version, 2);
    t.false(late.ok);
    t.is(late.ok ? 0 : late.refusal.status, 409);
    t.is((await postById(scope, post.id))?.source, "Second");
  });

  test(`${dialect}: a new slug leaves a redirect, and a second one does not make a chain`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const post = await posted(await publish(scope, { title: "One", content: "x" }));

    await publish(scope, { id: post.id, slug: "two" });
    await publish(scope, { id: post.id, slug: "three" });

    t.is(await redirectFrom(scope, "/2026/05/01/one"), "/2026/05/01/three");
    t.is(await redirectFrom(scope, "/2026/05/01/two"), "/2026/05/01/three");
    t.is(await redirectFrom(scope, "/2026/05/01/three"), null);

    await unpublish(scope, post.id);
    await publish(scope, { id: post.id, slug: "what-nobody-knows-yet", status: "draft" });
    t.is(await redirectFrom(scope, "/2026/05/01/one"), null);
    await publish(scope, { id: post.id, status: "published" });
    t.is(await redirectFrom(scope, "/2026/05/01/one"), "/2026/05/01/what-nobody-knows-yet");
  });

  test(`${dialect}: no post stands at an address that browsers read as another site's`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const outcome = await publish(scope, { content: "x", path: "//evil.example/x" });
    t.is(outcome.ok ? "" : outcome.refusal.field, "path");
    t.is(await redirectFrom(scope, "//evil.example/x"), null);
  });

  test(`${dialect}: lists page by key in both directions and never repeat or skip`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const drafts = Array.from({ length: 25 }, (_, n) => ({
      content: `Post ${n}`,
      publishedAt: `2026-04-0${1 + (n % 3)}T10:00:00.000Z`,
      categories: n % 2 ? ["odd"] : [],
    }));
    await publishMany(scope, drafts);

    const first = await listPosts(scope, { limit: 10 });
    const second = await listPosts(scope, { limit: 10, after: first.at(-1)!.id });
    const third = await listPosts(scope, { limit: 10, after: second.at(-1)!.id });
    const back = await listPosts(scope, { limit: 10, before: third[0]!.id });

    t.is(new Set([...first, ...second, ...third].map((post) => post.id)).size, 25);
    t.deepEqual(back, second);
    const [odd] = await categoriesOf(scope);
    t.is((await listPosts(scope, { categoryId: odd!.id, limit: 100 })).length, 12);
    t.deepEqual(await monthsOf(scope), [{ month: "2026-04", count: 25 }]);
    t.deepEqual(await neighboursOf(scope, second[0]!), { newer: first.at(-1)!, older: second[1]! });
  });

  test(`${dialect}: posts that bring a new category in the same moment are all in it`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    for (let round = 0; round < 5; round++) {
      const names = [`New ${round}`, `Other ${round}`];
      const posts = await Promise.all(
        Array.from({ length: 6 }, async (_, n) => posted(await publish(scope, { content: `${round} ${n}`, categories: names }))),
      );
      for (const { id } of posts)
        t.deepEqual(
          (await postById(scope, id))?.categories.map(({ name }) => name),
          names,
        );
    }
    t.is((await listedCategoriesOf(scope)).length, 10);
  });

  test(`${dialect}: drafts, private and scheduled posts leave no trace for readers`, async (t) => {
    const { scope, touched } = await testScope(t, { dialect });

    const draft = await posted(await publish(scope, { content: "d", status: "draft", categories: ["c"] }));
    const secret = await posted(await publish(scope, { content: "s", visibility: "private", categories: ["c"] }));
    const later = await posted(await publish(scope, { content: "l", publishedAt: "2026-06-01T00:00:00Z", categories: ["c"] }));

    t.deepEqual([draft.status, secret.status, later.status], ["draft", "published", "scheduled"]);
    t.deepEqual(await listPosts(scope), []);
    t.deepEqual(await listPosts(scope, { categoryId: secret.categories[0]!.id }), []);
    t.deepEqual(await listedCategoriesOf(scope), []);
    t.is((await categoriesOf(scope)).length, 1);
    t.is(await postByPath(scope, secret.path), null);
    t.is(await postByPath(scope, later.path), null);
    t.deepEqual(await monthsOf(scope), []);
    t.deepEqual(touched, []);
  });

  test(`${dialect}: a scheduled post comes out once when it is due, by the job written with it`, async (t) => {
    const { scope, setNow } = await testScope(t, { dialect });
    const post = await posted(await publish(scope, { content: "Later", publishedAt: "2026-05-02T08:00:00.000Z" }));
    const [job] = await scope.storage.query("SELECT name, run_at, data FROM jobs");
    t.like(job, { name: "publish-scheduled", run_at: "2026-05-02T08:00:00.000Z" });

    await publishScheduled(scope, post.id);
    t.is((await listPosts(scope)).length, 0);
    setNow("2026-05-02T08:00:01.000Z");
    await publishScheduled(scope, post.id);
    await publishScheduled(scope, post.id);

    t.is((await listPosts(scope))[0]?.publishedAt, "2026-05-02T08:00:00.000Z");
    t.is((await postById(scope, post.id))?.version, 2);
  });

  test(`${dialect}: trash, restore, unpublish and erase keep lists, months and categories true`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const post = await posted(await publish(scope, { content: "Text", categories: ["c"] }));
    const categoryId = post.categories[0]!.id;

    await trash(scope, post.id);
    t.deepEqual([await listPosts(scope), await listPosts(scope, { categoryId }), await monthsOf(scope)], [[], [], []]);
    await restore(scope, post.id);
    t.deepEqual(
      [(await listPosts(scope)).length, (await listPosts(scope, { categoryId })).length, (await monthsOf(scope))[0]?.count],
      [1, 1, 1],
    );
    await unpublish(scope, post.id);
    t.deepEqual(await listPosts(scope), []);
    t.true(await erasePost(scope, post.id));
    for (const table of ["posts", "revisions", "post_categories"])
      t.deepEqual(await scope.storage.query(`SELECT * FROM ${table}`), []);
  });

  test(`${dialect}: what cannot be published is refused with the field named, and nothing is stored`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const cases = [
      [{ content: "  " }, "content"],
      [{ title: "x".repeat(501), content: "a" }, "title"],
      [{ content: "a", publishedAt: "soon" }, "publishedAt"],
      [{ content: "a", kind: "No Kind" }, "kind"],
      [{ content: "a", path: "/../etc" }, "path"],
      [{ content: "x".repeat(1_000_001) }, "content"],
      [{ content: "a", categories: Array.from({ length: 51 }, String) }, "categories"],
    ] as const;

    for (const [draft, field] of cases) {
      const outcome = await publish(scope, draft);
      t.is(outcome.ok ? "" : outcome.refusal.field, field);
    }
    t.is((await publish(scope, { id: "01JNONE0000000000000000000", content: "a" })).ok, false);
    t.deepEqual(await scope.storage.query("SELECT id FROM posts"), []);
  });

  test(`${dialect}: durable taps get their job in the post's own transaction, quiet imports none`, async (t) => {
    const taps = {
      durable: (_scope: unknown, name: string) => (name === "post.published" ? ["webmention"] : []),
      has: () => true,
    };
    const { scope } = await testScope(t, { dialect, taps });

    await publish(scope, { content: "Loud" });
    await publishMany(scope, [{ content: "Old" }], { isQuiet: true });
    await t.throwsAsync(publishMany(scope, [{ content: "Lost" }], { also: () => Promise.reject(new Error("no")) }));

    t.deepEqual(
      (await scope.storage.query("SELECT plugin_id, name FROM jobs")).map((row) => ({ ...row })),
      [{ plugin_id: "webmention", name: "event:post.published" }],
    );
    t.is((await scope.storage.query("SELECT id FROM posts")).length, 2);
  });
}

test("a hostile path, slug or category never reaches an address", async (t) => {
  const { scope } = await testScope(t);

  const post = await posted(
    await publish(scope, { title: "../../<script>", content: "x", slug: "a/../b", categories: ["<i>", "  ", "a/b"] }),
  );

  t.is(post.path, "/2026/05/01/a-b");
  t.deepEqual(
    post.categories.map((category) => category.slug),
    ["i", "a-b"],
  );
});

test("an address of first words has no piece of a link's address in it, nor of Markdown", async (t) => {
  const { scope } = await testScope(t);
  const slugOf = async (content: string, format?: "html") =>
    (await posted(await publish(scope, { content, ...(format && { format }) }))).slug;

  t.is(await slugOf("First *copy* with a [link](https://lee.example/a_b) to look"), "first-copy-with-a-link-to");
  t.is(await slugOf("First copy, see https://lee.example/reeds there"), "first-copy-see-there");
  t.is(await slugOf('<p>As <a href="https://lee.example/x">HTML</a></p>', "html"), "as-html");
  t.regex(await slugOf("https://lee.example/"), /^\d{6}/, "nothing but an address: the time of day");
});

test("a page stands at its name, and never at an address of the core's own", async (t) => {
  const { scope } = await testScope(t);

  const about = await posted(await publish(scope, { kind: "page", title: "About", content: "x" }));
  const archive = await posted(await publish(scope, { kind: "page", title: "Archive", content: "x" }));

  t.deepEqual([about.path, archive.path], ["/about", "/archive-2"]);
  t.deepEqual(await listPosts(scope), []);
});

test("days and months follow the blog's zone, not the server's", async (t) => {
  const { scope } = await testScope(t, { timeZone: "Pacific/Auckland" });

  const post = await posted(await publish(scope, { content: "Late", publishedAt: "2026-04-30T20:00:00.000Z" }));

  t.is(post.path, "/2026/05/01/late");
  t.deepEqual(await monthsOf(scope), [{ month: "2026-05", count: 1 }]);
  t.is((await listPosts(scope, { month: "2026-05" })).length, 1);
  t.is((await listPosts(scope, { month: "2026-04" })).length, 0);
});

test("filters change what a post says, never whose it is", async (t) => {
  const filter = async (_scope: unknown, name: string, value: unknown) =>
    name === "post.beforeSave"
      ? { ...(value as object), title: "Filtered", blogId: "other", id: "other", html: "<p onclick=x>hi</p><script>1</script>" }
      : value;
  const { scope, blog } = await testScope(t, { taps: { filter: filter as never } });

  const post = await posted(await publish(scope, { content: "x" }));

  t.like(post, { title: "Filtered", blogId: blog.id });
  t.not(post.id, "other");
  t.is(post.html, "<p>hi</p>");
});
