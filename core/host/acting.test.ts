import test from "ava";
import { grant } from "../blogs/memberships.ts";
import { suspend } from "../people/accounts.ts";
import { accountOf } from "../people/person.ts";
import { makePerson } from "../people/testing.ts";
import { definePlugin, type Context } from "../plugin.ts";
import { databases, testDatabase } from "../storage/testing.ts";
import { createTestHost, type TestHost } from "../testing/test-host.ts";

/** A plugin whose route runs what a test gives it, and its context afterwards. */
function probe() {
  let asked: (context: Context) => unknown = () => null;
  const run = async ({ context }: { context: Context }) => ({ json: (await asked(context)) ?? null });
  const routes = [{ method: "POST", path: "/probe", on: "blog", access: "public", run }];
  const capabilities = ["identity", "posts:write", "media:write"];
  const manifest = { id: "probe", name: "P", description: "P", version: "1.0.0", api: 1, capabilities, routes };
  const plugin = definePlugin(manifest as never);
  const inside = async <T>(host: TestHost, work: (context: Context) => Promise<T>): Promise<T> => {
    let out!: { value: T } | { error: unknown };
    asked = async (context) => {
      out = await work(context).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      );
    };
    await host.request("POST", "/probe", {});
    if ("error" in out) throw out.error;
    return out.value;
  };
  return { plugin, inside };
}

for (const dialect of databases) {
  test(`${dialect}: a plugin that acts as somebody obeys their role, the key's scopes and the blog`, async (t) => {
    const { plugin, inside } = probe();
    const blogs = [{ host: "kim.example" }, { host: "lee.example" }];
    const host = await createTestHost(t, { plugins: [plugin], blogs, databaseUrl: await testDatabase(t, dialect) });
    const lee = await makePerson(host.house.storage, "lee");
    const blogId = host.blog.id;
    await host.house.storage.write((db) => grant(db, { blogId, accountId: lee.id, role: "author" }, host.clock.now()));
    const own = await host.publish({ text: "Kim's" });
    const draft = await host.publish({ text: "Kim's draft", status: "draft" });
    const as = (scopes?: string[]) => (context: Context) => context.as({ accountId: lee.id, ...(scopes && { scopes }) });
    const refused = async (work: (context: Context) => Promise<unknown>, key: string) =>
      t.like(await t.throwsAsync(inside(host, work)), { key, status: 403 });

    const made = await inside(host, async (context) =>
      (await as()(context)).posts.publish({ content: "Lee's", authorId: own.authorId }),
    );
    if (!made.ok) return t.fail();
    t.is(made.post.authorId, lee.id);
    await refused(async (context) => (await as()(context)).posts.publish({ id: own.id, content: "x" }), "right.missing");
    await refused(async (context) => (await as()(context)).posts.remove(own.id), "right.missing");
    await refused(async (context) => (await as(["update"])(context)).posts.publish({ content: "x" }), "right.scope");
    await refused(async (context) => (await as(["draft"])(context)).posts.publish({ content: "x" }), "right.scope");
    const drafted = await inside(host, async (context) =>
      (await as(["draft"])(context)).posts.publish({ content: "x", status: "draft" }),
    );
    t.true(drafted.ok);
    await inside(host, async (context) => (await as(["delete"])(context)).posts.remove(made.post.id));
    t.is(
      (await inside(host, async (context) => (await as(["delete"])(context)).posts.restore(made.post.id)))?.status,
      "published",
    );
    t.is(await inside(host, async (context) => (await as()(context)).posts.byId(draft.id)), null);
    t.is((await inside(host, async (context) => (await as()(context)).posts.list({ status: "draft" }))).length, 1);
    t.is((await inside(host, async (context) => context.posts.list({ status: "draft" }))).length, 2);
    await refused(async (context) => (await as()(context)).posts.saveCategory({ name: "Birds" }), "right.missing");

    const other = (await host.house.host.current, await inside(host, (context) => context.blogAt("http://lee.example/x")))!;
    t.is(other.host, "lee.example");
    await refused(
      async (context) => (await context.as({ accountId: lee.id, blog: other })).posts.publish({ content: "x" }),
      "right.missing",
    );
    await refused((context) => context.as({ accountId: lee.id, blog: "01JNOBLOG00000000000000000" }), "right.no-blog");
    await host.house.storage.write((db) => suspend(db, lee.id, host.clock.now()));
    await refused(as(), "right.no-account");
  });

  test(`${dialect}: a key is made, stands for its person, is renewed and taken back`, async (t) => {
    const { plugin, inside } = probe();
    const host = await createTestHost(t, { plugins: [plugin], databaseUrl: await testDatabase(t, dialect) });
    const wanted = {
      accountId: host.account.id,
      blogId: host.blog.id,
      scopes: ["post"],
      name: "App",
      clientId: "https://app.example/",
    };
    const made = await inside(host, ({ identity }) => identity.issue({ ...wanted, seconds: 60, refreshSeconds: 3600 }));

    t.regex(made.token, /^[0-9A-F]{20}$/);
    for (const header of [`Bearer ${made.token}`, `token ${made.token}`, made.token])
      t.like(await inside(host, ({ identity }) => identity.tokenOf(header)), {
        id: made.id,
        scopes: ["create"],
        blogId: host.blog.id,
      });
    for (const header of ["", undefined, "Bearer nonsense", `Basic ${made.token}`])
      t.is(await inside(host, ({ identity }) => identity.tokenOf(header)), null);
    const lee = await makePerson(host.house.storage, "lee");
    t.deepEqual(await inside(host, ({ identity }) => identity.byEmail(" LEE@mail.example ")), {
      account: accountOf(lee),
      hasSecondStep: false,
    });
    t.is(await inside(host, ({ identity }) => identity.byEmail("nobody@mail.example")), null);
    const { refreshToken = "" } = made;
    const renewed = await inside(host, ({ identity }) => identity.refresh({ refreshToken, clientId: wanted.clientId }));
    if (!renewed.ok) return t.fail(renewed.why);
    t.is(await inside(host, ({ identity }) => identity.tokenOf(made.token)), null);
    t.true(await inside(host, ({ identity }) => identity.revoke(renewed.refreshToken)));
    t.false(await inside(host, ({ identity }) => identity.revoke(renewed.token)));
    t.is(await inside(host, ({ identity }) => identity.tokenOf(renewed.token)), null);
    t.deepEqual(
      (await inside(host, ({ identity }) => identity.blogsOf(host.account.id))).map(({ role }) => role),
      ["owner"],
    );
  });

  test(`${dialect}: posts are found in every state and at every address, and lists are paged by counting`, async (t) => {
    const { plugin, inside } = probe();
    const host = await createTestHost(t, { plugins: [plugin], databaseUrl: await testDatabase(t, dialect) });
    const draft = await host.publish({ text: "Draft", status: "draft" });
    const moved = await host.publish({ text: "Moved", slug: "before" });
    await host.publish({ id: moved.id, slug: "after" });
    const gone = await host.publish({ text: "Gone" });
    await host.remove(gone);
    for (let at = 1; at <= 9; at++) {
      host.clock.advance({ minutes: 1 });
      await host.publish({ text: `Number ${at} ${at % 2 ? "odd" : "even"}`, visibility: at === 5 ? "unlisted" : "public" });
    }

    await inside(host, async ({ posts }) => {
      const at = async (url: string) => (await posts.byUrl(url, { any: true }))?.id;
      t.is(await posts.byUrl(gone.url), null);
      t.deepEqual([await at(gone.url), await at(moved.url), await at(posts.addressOf(draft))], [gone.id, moved.id, draft.id]);
      t.deepEqual(
        [await at("http://elsewhere.example/"), await at("javascript:1"), await at("/nothing")],
        [undefined, undefined, undefined],
      );
      t.deepEqual(
        (await posts.list({ status: "trash" })).map(({ id }) => id),
        [gone.id],
      );
      const texts = async (filter: Parameters<typeof posts.list>[0]) =>
        (await posts.list(filter)).map(({ source }) => source.slice(7, 8));
      t.deepEqual(await texts({ status: "published", limit: 3 }), ["9", "8", "7"]);
      t.deepEqual(await texts({ status: "published", limit: 3, skip: 3 }), ["6", "5", "4"]);
      t.deepEqual(await texts({ status: "published", limit: 2, skip: 7 }), ["2", "1"]);
      t.deepEqual(await texts({ status: "published", skip: 50 }), []);
      t.deepEqual(await texts({ status: "published", search: "odd", limit: 2, skip: 1 }), ["7", "5"]);
      const [last] = await posts.list({ status: "published", limit: 1 });
      t.deepEqual(await texts({ status: "published", limit: 1, after: last!.id }), ["8"]);
      const birds = await posts.saveCategory({ name: "Birds" });
      t.deepEqual(await posts.categories(), []);
      await posts.saveCategory({ id: birds.id, name: "Song birds", description: "Small" });
      t.like((await posts.categories({ all: true }))[0], { name: "Song birds", slug: "song-birds", description: "Small" });
      await posts.removeCategory(birds.id);
      t.deepEqual(await posts.categories({ all: true }), []);
    });
    await inside(host, async ({ numbers, targets }) => {
      const of = await numbers.of([draft.id, "01JANYTHING000000000000000"]);
      t.is(of.get(draft.id), draft.number);
      t.like(await numbers.subject(of.get("01JANYTHING000000000000000")!), {
        id: "01JANYTHING000000000000000",
        blogId: host.blog.id,
      });
      t.deepEqual(await targets.list(), []);
    });
  });
}

test("who does not declare it has no business with keys", async (t) => {
  const error: unknown[] = [];
  const run = async ({ context }: { context: Context }) => {
    error.push(await context.as({}).catch(String), await context.identity.tokenOf("x").catch(String));
    return { text: "" };
  };
  const routes = [{ method: "GET", path: "/x", on: "blog", access: "public", run }];
  const plugin = definePlugin({ id: "plain", name: "P", description: "P", version: "1.0.0", api: 1, routes: routes as never });
  const host = await createTestHost(t, { plugins: [plugin] });
  await host.get("/x");
  t.is(error.length, 2);
  for (const one of error) t.regex(String(one), /does not declare the capability identity/);
});
