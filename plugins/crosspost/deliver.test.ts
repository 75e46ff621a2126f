import test from "ava";
import { CrosspostError } from "./api.ts";
import { openNest } from "./nest.testing.ts";

const error = (kind: ConstructorParameters<typeof CrosspostError>[0], at?: string) =>
  new CrosspostError(kind, `Nest says ${kind}.`, at);

test("a new public post goes where the rules say, by itself; what is for nobody else stays", async (t) => {
  const { host, nest, later, states } = await openNest(t);
  const note = await host.publish({ text: "Hello" });
  for (const draft of [
    { text: "A draft", status: "draft" as const },
    { text: "Unlisted", visibility: "unlisted" as const },
    { text: "Reply", properties: { "in-reply-to": "https://lee.example/" } },
    { text: "Old", publishedAt: "2026-04-30T12:00:00.000Z" },
    { text: "Page", title: "About", kind: "page" },
    { text: "Nowhere", targets: [] },
  ])
    await host.publish(draft);
  await later(1);
  t.deepEqual([...nest.held.values()], ["Hello"]);
  t.deepEqual(await states(note.id), ["sent https://nest.example/1"]);
  const html = (await host.get(new URL(note.url).pathname)).text;
  t.regex(html, /href="https:\/\/nest\.example\/1"[^>]*rel="syndication|rel="syndication[^>]*href="https:\/\/nest\.example\/1"/);
});

test("what comes back later does, no earlier than asked, with the same key; what never will is failed in the service's words", async (t) => {
  const { host, nest, later, states } = await openNest(t, {
    errors: [error("transient"), error("rate", "2026-05-01T13:00:00.000Z"), error("permanent")],
  });
  const post = await host.publish({ text: "Hello" });
  await later(1);
  await later(2);
  t.deepEqual(await states(post.id), ["waiting Nest says rate."]);
  await later(10);
  t.is(nest.errors.length, 1);
  await later(60);
  t.deepEqual(await states(post.id), ["failed Nest says permanent."]);
  t.is(new Set(nest.asked.filter(({ what }) => what === "publish").map(({ request }) => request.key)).size, 1);
  t.deepEqual(host.failures(), [], "a service that says no is no failure of its plugin");
});

test("a create whose answer was lost is looked up and never sent again", async (t) => {
  const { host, nest, later, states, whats } = await openNest(t, { errors: ["lost"] });
  const post = await host.publish({ text: "Hello" });
  await later(1);
  t.deepEqual([await states(post.id), nest.held.size], [["sent https://nest.example/found"], 1]);
  t.deepEqual(whats(), ["publish", "find"]);
});

test("edited between a create that arrived unseen and the look that finds it, a copy says what the post says now", async (t) => {
  for (const edits of [true, false]) {
    const { host, nest, later, states, whats } = await openNest(t, { errors: [error("unknown")] });
    const settings = { isOn: true, kinds: null, categories: null, template: "", hasHashtags: false, edits, deletes: false };
    const { plugin } = host.house.host.current.plugins.get("crosspost")!;
    const context = host.house.host.contexts.make(plugin, host.scope(), {}, new AbortController().signal);
    await context.collection("targets").put("crosspost-nest/kim", settings);
    const post = await host.publish({ text: "Hello" });
    await later(1);
    nest.held.set(nest.asked[0]!.request.key, "Hello");
    await host.publish({ id: post.id, text: "Hello again" });
    await later(5);
    t.deepEqual([...nest.held.values()], [edits ? "Hello again" : "Hello"]);
    t.regex((await states(post.id))[0]!, /^sent /);
    t.deepEqual(whats(), ["publish", "find", "find", ...(edits ? ["update"] : [])]);
  }
});

test("where nobody can look, what may have arrived waits for its owner", async (t) => {
  const { host, nest, later, states } = await openNest(t, { errors: ["lost", error("transient")], canFind: false });
  const post = await host.publish({ text: "Hello" });
  await later(1);
  await later(5000);
  t.deepEqual([await states(post.id), nest.held.size, nest.asked.length], [["unknown Nest did not answer."], 1, 1]);
  const other = await host.publish({ text: "Hello you" });
  await later(1);
  await later(2);
  t.deepEqual(
    [(await states(other.id))[0]?.slice(0, 4), nest.held.size],
    ["sent", 2],
    "what was told not to be done is done again",
  );
});

test("what may have arrived can be removed: it is looked for first, and where nobody can look stays as it is", async (t) => {
  for (const [canFind, isThere, after] of [
    [true, true, "removed"],
    [true, false, "removed"],
    [false, true, "unknown"],
  ] as const) {
    const options = { dashboard: true, blogs: [{ host: "kim.example", language: "de" }] };
    const { host, nest, later, states } = await openNest(t, { errors: ["lost"], canFind }, options);
    const post = await host.publish({ text: "Hello" });
    await later(1);
    const [key] = nest.held.keys();
    const unsure = JSON.stringify({ key, hasBegun: true, isUnsure: true, service: null });
    const sql = "UPDATE post_targets SET state = 'unknown', attempts = 1, url = '', copy = ? WHERE post_id = ?";
    await host.house.storage.write((db) => db.run(sql, [unsure, post.id]));
    if (!isThere) nest.held.clear();
    const kim = await host.as("kim");
    const at = `/b/kim.example/posts/${post.id}`;
    t.regex((await kim.get(at)).text, /value="remove"/);
    await kim.post(`${at}/copies`, { target: "crosspost/crosspost-nest/kim", do: "remove" });
    await host.runJobs();
    t.is((await states(post.id))[0]?.split(" ")[0], after);
    t.is(nest.held.size, after === "unknown" ? 1 : 0);
    const isSaid = /It may have arrived, but the service cannot be asked/.test((await kim.get(at)).text);
    t.is(isSaid, after === "unknown", "in the reader's language, not in the blog's");
    const typed = { blog: "kim.example", content: "Hello ".repeat(60), "mp-syndicate-to[]": "crosspost/crosspost-nest/kim" };
    t.regex((await kim.post("/compose", { ...typed, intent: "preview" })).text, /shortened, with a link to the post/);
    t.regex((await kim.get("/compose?in-reply-to=https://lee.example/")).text, /replies stay here/);
  }
});

test("a plugin that falls over in the middle is asked again only after a look", async (t) => {
  const { host, nest, later, whats } = await openNest(t, { errors: [new TypeError("x is undefined")] });
  await host.publish({ text: "Hello" });
  await later(1);
  await later(2);
  t.deepEqual([whats(), nest.held.size], [["publish", "find", "publish"], 1]);
});

test("an account that is taken back parks its copies, tells its owner once, and sends them when it is connected again", async (t) => {
  const { host, nest, later, states } = await openNest(t, { errors: [error("auth"), error("auth")] });
  const posts = [await host.publish({ text: "One" }), await host.publish({ text: "Two" })];
  await later(1);
  for (const { id } of posts) t.deepEqual(await states(id), ["parked Nest says auth."]);
  const mails = await host.house.storage.query("SELECT COUNT(*) AS n FROM jobs WHERE name LIKE '%mail%'");
  t.true(Number(mails[0]!.n) <= 1);
  const refused = await host.publish({ text: "Three" });
  t.deepEqual(await states(refused.id), [], "nothing more is chosen for it");

  await host.house.host.current.event(host.scope() as never, "plugin.connected", {
    pluginId: "crosspost-nest",
    setting: "accounts",
    account: "kim",
    blog: host.blog,
  });
  await host.runJobs();
  t.deepEqual([...nest.held.values()].toSorted(), ["One", "Two"]);
});

test("people of this installation are named by their blog", async (t) => {
  const limits = { text: 200, counter: "mastodon", images: 1 } as const;
  const { host, nest, later } = await openNest(t, { limits });
  const rows = await host.house.storage.query("SELECT username FROM accounts LIMIT 1");
  const name = String(rows[0]!.username);
  await host.publish({ text: `Ask @${name} or @nobody-here` });
  await later(1);
  t.deepEqual([...nest.held.values()], [`Ask @${name}@${host.blog.host} or @\u2060nobody-here`]);
});

test("an account that works again sends its own parked copies; those of other accounts sleep on", async (t) => {
  const { host, nest, later, states } = await openNest(t, { errors: [error("auth")] });
  const [one, two] = [await host.publish({ text: "One" }), await host.publish({ text: "Two" })];
  const other =
    "INSERT INTO post_targets SELECT post_id, plugin_id, 'crosspost-nest/lee', blog_id, 'parked', own_text, label, url, copy, reason, attempts, updated_at FROM post_targets WHERE post_id = ?";
  await host.house.storage.write((db) => db.run(other, [two.id]));
  await later(1);
  t.deepEqual([...nest.held.values()].toSorted(), ["One", "Two"]);
  t.deepEqual(
    [(await states(one.id))[0]?.slice(0, 4), (await states(two.id)).map((state) => state.slice(0, 6))],
    ["sent", ["sent h", "parked"]],
  );
});

test("disconnected with copies on their way: they wait; without the service they fail, the post untouched", async (t) => {
  const { host, nest, later, states } = await openNest(t);
  const post = await host.publish({ text: "Hello" });
  nest.isConnected = false;
  await later(1);
  t.regex((await states(post.id))[0]!, /^parked error\.disconnected/);
  nest.isConnected = true;
  const other = await host.publish({ text: "Hello you" });
  await host.house.host.disable("crosspost-nest");
  await later(1);
  t.deepEqual(await states(other.id), ["failed error.no-service"]);
});

test("edits and removals are carried along where the owner lets them, and a copy made anew has a key of its own", async (t) => {
  const { host, nest, later, states, whats } = await openNest(t);
  const settings = { isOn: true, kinds: null, categories: null, template: "", hasHashtags: false, edits: true, deletes: true };
  const context = host.house.host.contexts.make(
    host.house.host.current.plugins.get("crosspost")!.plugin,
    host.scope(),
    {},
    new AbortController().signal,
  );
  await context.collection("targets").put("crosspost-nest/kim", settings);
  const post = await host.publish({ text: "Hello *there*" });
  await later(1);
  await host.publish({ id: post.id, text: "Hello again" });
  await host.runJobs();
  t.deepEqual([...nest.held.values()], ["Hello again"]);
  await host.remove(post);
  await host.runJobs();
  t.deepEqual([nest.held.size, await states(post.id), whats()], [0, ["removed"], ["publish", "update", "remove"]]);
  const log = (await context.collection<readonly { title: string }[]>("log").get("last")) ?? [];
  t.deepEqual(
    log.map(({ title }) => title),
    ["Hello again", "Hello again", "Hello there"],
    "in words, as readers see them",
  );
});
