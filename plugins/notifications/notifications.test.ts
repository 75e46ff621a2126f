import test, { type ExecutionContext } from "ava";
import { definePlugin, type Context, type NoticeWish } from "rookery/plugin";
import { createTestHost, type TestHostOptions } from "rookery/testing";
import type { NotificationStore } from "./api.ts";
import notifications from "./plugin.ts";
import { nextDigest } from "./telling/next-digest.ts";

type Person = { readonly id: string; readonly username: string };
type Said = { html: string; by?: Person; kind?: "reply" | "mention" | "like"; parentSource?: string };

async function open(t: ExecutionContext, more: Partial<TestHostOptions> = {}, blog = {}, others: readonly object[] = []) {
  let bringer: Context | undefined;
  // What other plugins do: replies that come in, and notices of their own.
  const other = definePlugin({
    id: "bringer",
    name: "Bringer",
    description: "Brings.",
    version: "1.0.0",
    api: 1,
    capabilities: ["interactions:write"],
    routes: [
      {
        method: "GET",
        path: "/bringer",
        on: "blog",
        access: "public",
        run: ({ context }) => ((bringer = context as unknown as Context), { text: "ok" }),
      },
    ],
  });
  const host = await createTestHost(t, {
    plugins: [{ plugin: notifications, folder: import.meta.dirname }, other, ...others],
    blogs: [{ host: "kim.example", owner: "kim" }],
    ...more,
  } as TestHostOptions);
  await host.house.storage.write((db) => db.run("UPDATE blogs SET settings = ?", [JSON.stringify(blog)]));
  await host.get("/bringer");
  const [kim, lee, ana] = [await host.person("kim"), await host.person("lee"), await host.person("ana")];
  const services = host.house.host.current.services({ ...host.scope(), blog: null }, "notifications.store" as never);
  const store = (services as unknown as { service: NotificationStore }[])[0]!.service;
  const told = async ({ id }: Person) => (await store.list(id)).notices.map(({ text }) => text);
  const post = await host.publish({ text: "Herons at dawn" });
  const bring = async (source: string, { html, by, kind = "reply", parentSource }: Said) => {
    host.clock.advance({ minutes: 1 });
    const author = { name: by?.username ?? "Bo", url: `https://${by?.username ?? "bo"}.example/` };
    const brought = {
      kind,
      source,
      postId: post.id,
      author,
      html,
      ...(by && { accountId: by.id }),
      ...(parentSource && { parentSource }),
    };
    const stored = await bringer!.interactions.receive(brought);
    await host.runJobs();
    return stored!;
  };
  const notify = async (to: Person, wish: Partial<NoticeWish>) => {
    host.clock.advance({ minutes: 1 });
    await bringer!.notify(to.id, { kind: "source", key: "A feed is gone", url: "/sources", ...wish });
    await host.runJobs();
  };
  return { host, kim, lee, ana, store, told, post, bring, notify, bringer: bringer! };
}

test("answers and mentions are told to whom they concern, once; likes and what one says oneself are not", async (t) => {
  const { host, kim, lee, ana, told, bring, store } = await open(t);

  await bring("https://lee.example/1", { html: "<p>Lovely <b>birds</b></p>", by: lee });
  await bring("https://ana.example/1", { html: "I agree", by: ana, parentSource: "https://lee.example/1" });
  await bring("https://bo.example/1", { html: "Seen", kind: "mention" });
  await bring("https://bo.example/2", { html: "", kind: "like" });
  await bring("https://kim.example/9", { html: "Thanks", by: kim });
  await bring("https://lee.example/1", { html: "<p>Lovely herons</p>", by: lee });

  t.deepEqual(await told(kim), ["Bo mentioned your post: Seen", "Ana replied: I agree", "Lee replied: Lovely herons"]);
  t.deepEqual(await told(lee), ["Ana answered your reply: I agree"]);
  t.deepEqual(await told(ana), []);
  t.true(await store.hasUnread(kim.id));
  t.deepEqual(host.failures(), []);
});

test("what waits for a yes leads to where it is said; what is hidden or removed is told no more", async (t) => {
  const { host, kim, told, bring, store, bringer } = await open(t, {}, { holdReplies: "everyone" });
  const held = await bring("https://bo.example/1", { html: "First" });
  const [notice] = (await store.list(kim.id)).notices;
  t.is(notice?.text, "A reply by Bo waits for your yes: First");
  t.is(notice?.url, "/b/kim.example/replies?tab=held");

  await bringer.interactions.decide(held.id, "visible");
  await host.runJobs();
  t.deepEqual(await told(kim), ["Bo replied: First"]);
  await bringer.interactions.decide(held.id, "hidden");
  await host.runJobs();
  t.deepEqual(await told(kim), []);
});

test("what somebody mutes is not told, but for what moderators decide", async (t) => {
  const mutes = [
    { kind: "person", value: "lee" },
    { kind: "domain", value: "bo.example" },
    { kind: "word", value: "rain" },
  ];
  const reader = definePlugin({
    id: "reader",
    name: "Reader",
    description: "Reads.",
    version: "1.0.0",
    api: 1,
    services: { ["timeline.store" as never]: () => ({ mutes: async () => mutes }) },
  });
  const { lee, ana, kim, told, bring, notify } = await open(t, {}, {}, [reader]);

  await bring("https://lee.example/1", { html: "Hello", by: lee });
  await bring("https://bo.example/1", { html: "Hello" });
  await bring("https://ana.example/1", { html: "Rain!", by: ana });
  await bring("https://ana.example/2", { html: "Raindrops", by: ana });
  await notify(kim, { key: "Rain", kind: "moderation" });

  t.deepEqual(await told(kim), ["Rain", "Ana replied: Raindrops"]);
});

test("notices of other plugins: one for each kind and subject, mail at once for what moderators decide, in the list or not", async (t) => {
  const { host, lee, ana, told, notify, store, bringer } = await open(t, { dashboard: true });
  await host.house.storage.write((db) => db.run("UPDATE accounts SET email = 'lee@mail.example' WHERE id = ?", [lee.id]));

  await notify(lee, { subject: "7" });
  await notify(lee, { subject: "7", key: "It is back" });
  await notify(lee, { subject: "8", kind: "weather", key: "Rain" });
  t.deepEqual(await told(lee), ["Rain", "It is back"]);
  t.false(await store.hasUnread(lee.id), "these kinds wait to be looked for");
  for (const who of [lee, ana]) await notify(who, { subject: "7", key: "It moved", isChange: true });
  t.deepEqual([await told(lee), await told(ana)], [["Rain", "It moved"], []], "a change is nothing new");
  await notify(ana, { subject: "7", key: "It moved" });
  await bringer.unnotify({ kind: "source", subject: "7", except: [ana.id] });
  await host.runJobs();
  t.deepEqual([await told(lee), await told(ana)], [["Rain"], ["It moved"]], "what is taken back is gone");
  t.is((await host.mails()).length, 0);

  await notify(lee, { kind: "moderation", key: "A warning", url: "/appeal/1" });
  t.true(await store.hasUnread(lee.id));
  const [mail] = await host.mails();
  t.regex(mail!.text, /A warning/);
  const warnings = async () => (await host.mails()).filter(({ text }) => text.includes("Another warning")).length;
  // It cannot be noted that the mail goes out: then it does not, and once it can, it does once.
  const run = (sql: string) => host.house.storage.write((db) => db.run(sql));
  await run("CREATE TRIGGER away BEFORE UPDATE OF mail ON p_notifications_notices BEGIN SELECT RAISE(ABORT, 'full'); END");
  await notify(lee, { kind: "moderation", key: "Another warning" });
  t.is(await warnings(), 0);
  await run("DROP TRIGGER away");
  host.clock.advance({ hours: 1 });
  await host.runJobs();
  t.is(await warnings(), 1);
  t.regex(mail!.text, /notifications\/leave/);

  const visitor = await host.as("lee");
  t.is(
    (await visitor.post("/notifications/settings", { "mail-source": "now", digest: "nonsense", "mail-reply": "loud" })).status,
    303,
  );
  await notify(lee, { subject: "9", key: "Only by mail" });
  t.false((await told(lee)).includes("Only by mail"));
  t.is((await host.mails()).length, 3);
  await notify(lee, { kind: "reply", key: "Neither" });
  t.false((await told(lee)).includes("Neither"));
});

test("a digest holds what was not read, once, and comes when its time has come", async (t) => {
  const { host, lee, notify } = await open(t, { dashboard: true });
  await host.house.storage.write((db) => db.run("UPDATE accounts SET email = 'lee@mail.example' WHERE id = ?", [lee.id]));
  const visitor = await host.as("lee");
  await visitor.post("/notifications/settings", { "list-source": "on", "mail-source": "digest", digest: "daily" });
  await notify(lee, { subject: "1", key: "One" });
  await notify(lee, { subject: "2", key: "Two" });
  const list = (await visitor.get("/notifications")).text;
  const [, newest] = /\/notifications\/to\/([0-9A-Z]{26})/.exec(list)!;
  t.is((await visitor.get(`/notifications/to/${newest}`)).headers.location, "/sources");
  t.is((await host.mails()).length, 0);

  host.clock.advance({ hours: 24 });
  await host.runJobs();
  host.clock.advance({ hours: 24 });
  await host.runJobs();

  const mails = (await host.mails()).map(({ text }) => text);
  t.is(mails.length, 1);
  t.regex(mails[0]!, /One/);
  t.notRegex(mails[0]!, /Two/);
  const [, key] = /leave\?key(?:=|=3D)([0-9A-Z]{26})/.exec(mails[0]!.replace(/=\r?\n/g, ""))!;
  const leave = (path: string, form: Record<string, string>) => host.request({ method: "POST", path, host: "hub.example", form });
  t.is((await leave("/notifications/one-click?key=01J00000000000000000000000", {})).status, 404);
  t.is((await leave("/notifications/one-click?key=%00", {})).status, 404);
  t.is((await leave(`/notifications/one-click?key=${key}`, { "List-Unsubscribe": "One-Click" })).status, 200);
  await notify(lee, { subject: "3", key: "Three" });
  host.clock.advance({ hours: 48 });
  await host.runJobs();
  t.is((await host.mails()).length, 1);
});

test("the list: a dot while something is new, marks, older ones, and nothing of others or for garbage", async (t) => {
  const { host, lee, ana, notify } = await open(t, { dashboard: true });
  for (let at = 0; at < 33; at++) await notify(lee, { subject: String(at), key: `Notice ${at} <b>`, kind: "mention" });
  const [visitor, other] = [await host.as("lee"), await host.as("ana")];

  const first = (await visitor.get("/notifications")).text;
  t.regex(first, /Notice 32 &lt;b&gt;/);
  t.notRegex(first, /Notice 2 &lt;/);
  t.regex(first, /class="dot"/);
  const [, older] = /href="(\/notifications\?before=[0-9A-Z]+)"/.exec(first)!;
  t.regex((await visitor.get(older!)).text, /Notice 2 &lt;/);
  const [, id] = /\/notifications\/to\/([0-9A-Z]{26})/.exec(first)!;
  t.is((await other.get(`/notifications/to/${id}`)).status, 404);
  t.notRegex((await other.get("/notifications")).text, /class="dot"/);
  t.is((await visitor.post("/notifications", { newest: id! })).status, 303);
  t.notRegex((await visitor.get("/notifications")).text, /class="dot"/);
  for (const path of ["/notifications/to/x", "/notifications/to/%00", "/notifications/to/01J00000000000000000000000"])
    t.is((await visitor.get(path)).status, 404, path);
  for (const path of ["/notifications?before=%00", "/notifications?before=x"]) t.is((await visitor.get(path)).status, 200, path);
  t.true([302, 303].includes((await host.request({ path: "/notifications", host: "hub.example" })).status));
  void ana;
  t.deepEqual(host.failures(), []);
});

test("a digest comes at eight where somebody lives, also when the clocks change", (t) => {
  const at = (now: string, zone: string, often: "daily" | "weekly") => nextDigest(new Date(now), zone, often);

  t.is(at("2026-05-01T12:00:00.000Z", "UTC", "daily"), "2026-05-02T08:00:00.000Z");
  t.is(at("2026-05-01T05:59:00.000Z", "Europe/Berlin", "daily"), "2026-05-01T06:00:00.000Z");
  t.is(at("2026-05-01T12:00:00.000Z", "America/New_York", "weekly"), "2026-05-04T12:00:00.000Z");
  t.is(at("2026-05-04T08:00:00.000Z", "UTC", "weekly"), "2026-05-11T08:00:00.000Z");
  t.is(at("2026-10-24T12:00:00.000Z", "Europe/Berlin", "daily"), "2026-10-25T07:00:00.000Z");
  t.is(at("2026-05-01T12:00:00.000Z", "Nowhere/Land", "daily"), "2026-05-02T08:00:00.000Z");
});
