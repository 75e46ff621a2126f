import test from "ava";
import { databases } from "../storage/testing.ts";
import type { Scope } from "../hooks/scope.ts";
import { countUpTo, findPosts, type PostFilter } from "./find-posts.ts";
import { publish, publishMany } from "./publish.ts";
import { trash } from "./remove.ts";
import { testScope } from "./testing.ts";

const titles = async (scope: Scope, filter: Omit<PostFilter, "status"> & { status?: PostFilter["status"] }) =>
  (await findPosts(scope, { status: "published", ...filter })).posts.map((post) => post.title || post.source);

for (const dialect of databases) {
  test(`${dialect}: posts are found by words, kind, category, year and source, pages and other blogs' never`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const other = { ...scope, blog: { ...scope.blog!, id: "01JOTHER000000000000000000" } };
    await publishMany(scope, [
      { title: "Herons", content: "Über den Fluss 100% grey_birds", categories: ["River"], publishedAt: "2024-12-31T23:30:00Z" },
      { content: "A heron again", publishedAt: "2026-02-01T00:00:00Z" },
      { title: "About herons", kind: "page", content: "x" },
    ]);
    await publish({ ...scope, via: "import" }, { title: "Old heron", content: "…", publishedAt: "2020-05-01T00:00:00Z" });
    await publish({ ...scope, via: "Quill" }, { content: "heron by app", status: "draft" });
    await publish(other, { content: "Somebody else's heron" });

    t.deepEqual(await titles(scope, {}), ["A heron again", "Herons", "Old heron"]);
    t.deepEqual(await titles(scope, { text: "HERON river" }), []);
    t.deepEqual(await titles(scope, { text: "heron  grey" }), ["Herons"]);
    t.deepEqual(await titles(scope, { text: "über" }), ["Herons"]);
    t.deepEqual(await titles(scope, { text: "0%" }), ["Herons"]);
    t.deepEqual(await titles(scope, { text: "greyxbirds" }), []);
    t.deepEqual(await titles(scope, { kind: "note" }), ["A heron again"]);
    t.deepEqual(await titles(scope, { year: "2024" }), ["Herons"]);
    t.deepEqual(await titles(scope, { source: "import" }), ["Old heron"]);
    t.deepEqual(await titles(scope, { source: "web", text: "again" }), ["A heron again"]);
    t.deepEqual(await titles(scope, { status: "draft", source: "app" }), ["heron by app"]);
    const [category] = await scope.storage.query("SELECT id FROM categories WHERE slug = 'river'");
    t.deepEqual(await titles(scope, { categoryId: String(category!.id) }), ["Herons"]);
    t.deepEqual(await titles(scope, { categoryId: String(category!.id), status: "draft" }), []);
  });

  test(`${dialect}: pages follow each other without a gap or a repeat, in the order of each state`, async (t) => {
    const { scope, setNow } = await testScope(t, { dialect });
    await publishMany(
      scope,
      Array.from({ length: 7 }, (_, at) => ({ content: `Note ${at}`, publishedAt: "2026-04-01T00:00:00Z" })),
    );
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await findPosts(scope, { status: "published" }, { limit: 3, ...(after && { after }) });
      seen.push(...page.posts.map((post) => post.source));
      after = page.next ?? undefined;
    } while (after);
    t.deepEqual([seen.length, new Set(seen).size], [7, 7]);

    for (const [content, day] of [
      ["second", "03"],
      ["first", "02"],
    ] as const)
      await publish(scope, { content, publishedAt: `2026-06-${day}T00:00:00Z` });
    t.deepEqual(await titles(scope, { status: "scheduled" }), ["first", "second"]);
    for (const [content, at] of [
      ["older", "12:01"],
      ["newer", "12:02"],
    ] as const) {
      setNow(`2026-05-01T${at}:00.000Z`);
      await publish(scope, { content, status: "draft" });
    }
    t.deepEqual(await titles(scope, { status: "draft" }), ["newer", "older"]);
    t.deepEqual([await countUpTo(scope, "draft", 100), await countUpTo(scope, "published", 5)], [2, 5]);
    t.deepEqual((await findPosts(scope, { status: "published" }, { after: "nonsense" })).posts.length, 7);
  });

  test(`${dialect}: authors see their own drafts, and private posts of nobody else`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const lee = { ...scope, principal: { ...scope.principal, accountId: "01JLEE00000000000000000000" } };
    await publish(scope, { content: "mine", status: "draft" });
    await publish(lee, { content: "lee's", status: "draft" });
    await publish(scope, { content: "secret", visibility: "private" });
    await publish(lee, { content: "lee's secret", visibility: "private" });
    const me = lee.principal.accountId;
    t.deepEqual(await titles(scope, { status: "draft", authorId: me }), ["lee's"]);
    t.deepEqual(await titles(scope, { readerId: me }), ["lee's secret"]);
    const [gone] = (await findPosts(scope, { status: "draft" })).posts;
    await trash(scope, gone!.id);
    t.is((await titles(scope, { status: "trash" })).length, 1);
  });

  test(`${dialect}: the walks follow an index and sort nothing`, async (t) => {
    const { scope } = await testScope(t, { dialect });
    const drafts = Array.from({ length: 600 }, (_, at) => ({
      content: `Note ${at}`,
      categories: ["River"],
      status: at % 3 === 0 ? ("draft" as const) : ("published" as const),
      publishedAt: `${at % 6 === 1 ? 2027 : 2026}-04-01T00:00:00.${String(at).padStart(3, "0")}Z`,
    }));
    await publishMany(scope, drafts);
    if (dialect === "mysql") await scope.storage.query("ANALYZE TABLE posts, post_categories");
    const asked: [sql: string, values: never[]][] = [];
    const query = (sql: string, values: never[]) => (asked.push([sql, values]), scope.storage.query(sql, values));
    const storage = new Proxy(scope.storage, {
      get: (target, name) => (name === "query" ? query : (Reflect.get(target, name) as unknown)),
    });
    const [category] = await scope.storage.query("SELECT id FROM categories");
    const place = "2026-05-01T12:00:00.000Z 01JNONE0000000000000000000";
    for (const filter of [
      { status: "published" },
      { status: "draft", text: "x" },
      { status: "published", kind: "note" },
      { status: "published", categoryId: String(category!.id), year: "2026" },
      { status: "scheduled" },
    ] as const)
      for (const after of [undefined, place]) await findPosts({ ...scope, storage }, filter, after ? { after } : {});
    t.true(asked.filter(([sql]) => sql.includes("AS moment")).length >= 10);
    for (const [sql, values] of asked.filter((one) => /FROM (posts|post_categories)/.test(one[0]))) {
      const explain = dialect === "mysql" ? "EXPLAIN" : "EXPLAIN QUERY PLAN";
      const plan = JSON.stringify(await scope.storage.query(`${explain} ${sql}`, values));
      if (sql.includes("AS moment")) t.notRegex(plan, /filesort|temporary|TEMP B-TREE/, sql);
      // What is looked at is read by its own key: an index of the blog would lead through all of its posts.
      else if (dialect === "sqlite" && sql.includes("p.id IN")) t.regex(plan, /autoindex_posts_1 \(id=\?\)/, sql);
      t.notRegex(plan, /SCAN p/, sql);
    }
  });
}
