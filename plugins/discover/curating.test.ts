import test from "ava";
import { definePlugin } from "rookery/plugin";
import { numbersOf, open } from "./discover.testing.ts";

const idOf = (text: string, intent: string): string =>
  new RegExp(`value="${intent}"><input type="hidden" name="id" value="(\\w{26})"`).exec(text)?.[1] ?? "";

test("a curator's own post waits for a second one, who alone agrees and changes it; what is wrong is refused with a sentence", async (t) => {
  const { host, shelves, noor, una, say, act, curator } = await open(t, {
    blogs: [
      { host: "noor.example", owner: "noor" },
      { host: "lee.example", owner: "lee" },
      { host: "ana.example", owner: "ana" },
      { host: "una.example", owner: "una" },
    ],
  });
  const mina = await host.as(await host.person("mina", "curator"));
  const other = await say(una, "Somebody else's");
  await act("pick", { number: String(other.number) }, mina);
  const own = await say(noor, "My own words");
  t.is((await act("pick", { number: String(own.number), note: "Mine" })).status, 303);
  t.deepEqual(numbersOf((await shelves.picks()).entries), [other.number], "nobody agreed yet");
  const id = idOf((await mina.get("/admin/discover?tab=picked")).text, "second");
  t.is(idOf((await curator.get("/admin/discover?tab=picked")).text, "second"), "", "no button for one's own");
  t.is((await act("second", { id })).status, 403);
  t.deepEqual(numbersOf((await shelves.picks()).entries), [other.number]);
  await host.runJobs();
  const notices = host.events("account.notice" as never) as unknown as { notice: { text: string } }[];
  t.true(notices.some(({ notice }) => /second curator/.test(notice.text)));
  t.is((await act("second", { id }, mina)).status, 303);
  t.deepEqual(numbersOf((await shelves.picks()).entries), [own.number, other.number]);
  t.is((await act("change", { id, note: "Even better" })).status, 422, "not alone, afterwards");
  t.is((await shelves.picks()).entries[0]!.note, "Mine");
  t.is((await act("change", { id, note: "A second look", topic: "music" }, mina)).status, 303);
  t.like((await shelves.picks()).entries, [{ number: own.number, note: "A second look", topics: ["music"] }]);
  t.is((await act("undo", { id, reason: "Enough of me" })).status, 303);
  t.deepEqual(numbersOf((await shelves.picks()).entries), [other.number]);
  t.regex((await curator.get("/admin/discover")).text, /My own words/, "a candidate again");

  const log = (await curator.get("/admin/discover/log")).text.replace(/<[^>]*>/g, " ");
  t.regex(log, /Undid a pick[\s\S]*Enough of me[\s\S]*Changed a pick[\s\S]*Agreed to a pick[\s\S]*Mina|mina/);
  const [line] = await host.house.storage.query("SELECT action, detail FROM audit_log WHERE action = 'discover.undo'");
  t.like(line, { action: "discover.undo", detail: '{"reason":"Enough of me"}' });

  const number = String(own.number);
  for (const [fields, status] of [
    [{ number: "0" }, 404],
    [{ number: "2147483647" }, 404],
    [{ number: "1e9" }, 404],
    [{ number, note: "x".repeat(501) }, 422],
    [{ number, at: "2031-01-01T00:00" }, 422],
    [{ number, at: "yesterday" }, 422],
    [{ number, topic: ["books", "music", "travel", "food", "podcasts", "photos"] }, 422],
  ] as const)
    t.is((await act("pick", fields)).status, status, JSON.stringify(fields).slice(0, 60));
  for (const intent of ["undo", "second", "confirm", "change", "skip", "no-such"])
    t.true([400, 404].includes((await act(intent, { id: "💥", number: "x" })).status), intent);
  t.deepEqual(host.failures(), []);
});

test("curators, moderators and admins curate; members and visitors do not know that there is a desk", async (t) => {
  const { host, visit } = await open(t);
  const paths = ["", "/post", "/topics", "/topics/books", "/authors", "/log"].map((path) => `/admin/discover${path}`);
  for (const [name, role, status] of [
    ["noor", "curator", 200],
    ["mod", "moderator", 200],
    ["kim", "admin", 200],
    ["lee", "member", 404],
  ] as const) {
    const who = await host.as(await host.person(name, role));
    for (const path of paths) t.is((await who.get(path)).status, status, `${name} ${path}`);
    if (role === "member")
      for (const path of ["", "/topics", "/topics/books", "/authors"])
        t.is((await who.post(`/admin/discover${path}`, { intent: "pick", number: "1" })).status, 404, path);
  }
  for (const path of [...paths, "/discover/mine"]) t.true([302, 303].includes((await visit(path)).status), path);
  for (const path of ["/discover", "/discover/about", "/discover/books"]) t.is((await visit(path)).status, 200, path);
});

test("topics are made, changed, moved and removed, and never offered as one or two", async (t) => {
  const { host, shelves, lee, say, act, curator } = await open(t);
  const slugs = async () => (await shelves.topics()).map(({ slug }) => slug);
  t.deepEqual(await slugs(), ["books", "photos", "podcasts", "music", "travel", "food"]);
  t.like((await shelves.topics("de"))[0], { slug: "books", title: "Bücher", emoji: "📚", isFeatured: true });
  const draft = { slug: "boats", emoji: "⛵ 🚣", "title-en": "Boats", words: "boat\nRiver  boat", kind: "any", featured: "on" };
  t.is((await curator.post("/admin/discover/topics", draft)).status, 303);
  for (const wrong of [{ slug: "boats" }, { slug: "mine" }, { slug: "Ä" }, { emoji: "ab" }, { emoji: "" }, { "title-en": " " }]) {
    const { status, text } = await curator.post("/admin/discover/topics", { ...draft, slug: "sails", ...wrong });
    t.is(status, 422, JSON.stringify(wrong));
    t.regex(text, /River {2}boat/, "what was typed stays");
  }
  const boats = await say(lee, "We took the RIVER BOAT home");
  t.regex((await curator.get("/admin/discover")).text, /value="boats" checked/);
  await act("pick", { number: String(boats.number), topic: ["boats"] });
  await curator.post("/admin/discover/topics", { intent: "up", topic: "boats" });
  t.deepEqual((await slugs()).slice(-2), ["boats", "food"]);
  t.is((await curator.post("/admin/discover/topics/boats", { ...draft, "title-en": "Sailing", featured: "" })).status, 303);
  t.like((await shelves.topics("fr")).at(-2), { title: "Sailing", isFeatured: false });
  for (const slug of ["books", "photos", "podcasts", "music"])
    await curator.post(`/admin/discover/topics/${slug}`, { intent: "remove" });
  t.is((await shelves.topics()).length, 3);
  t.true(
    (await shelves.topics()).every(({ isFeatured }) => !isFeatured),
    "two are featured: too few",
  );
  await curator.post("/admin/discover/topics/food", { intent: "remove" });
  t.deepEqual(await shelves.topics(), []);
  t.deepEqual(numbersOf((await shelves.picks({ topic: "boats" })).entries), [boats.number], "its shelf is still there");
  await curator.post("/admin/discover/topics/boats", { intent: "remove" });
  t.deepEqual(numbersOf((await shelves.picks()).entries), [boats.number]);
  t.deepEqual(host.failures(), []);
});

test("whom moderators limit is no candidate and on no shelf; what is known of who left goes", async (t) => {
  const limited = new Set<string>();
  const desk = { stateOf: async (id: string) => ({ isLimited: limited.has(id), isHeld: false, isSuspended: false }) };
  const moderation = definePlugin({
    id: "desk-of-test",
    name: "Desk",
    description: "Limits people.",
    version: "1.0.0",
    api: 1,
    scope: "network",
    services: { "moderation.desk": () => desk } as never,
  } as never);
  const { host, shelves, lee, ana, say, act, curator } = await open(t, {
    plugins: [moderation] as never,
  });
  const [reeds, boats] = [await say(lee, "Reeds"), await say(ana, "Boats")];
  await act("pick", { number: String(reeds.number), topic: ["books"] });
  limited.add(lee.id).add(ana.id);
  t.deepEqual((await shelves.picks()).entries, []);
  t.notRegex((await curator.get("/admin/discover")).text, /id="n\d/);
  t.is((await act("pick", { number: String(boats.number) })).status, 422);
  limited.clear();
  t.deepEqual(numbersOf((await shelves.picks()).entries), [reeds.number]);

  await host.house.storage.write((db) => db.run("DELETE FROM accounts WHERE id = ?", [lee.id]));
  host.clock.advance({ days: 1, hours: 1 });
  await host.runJobs();
  for (const table of ["picks", "filed", "log"])
    t.deepEqual(
      await host.house.storage.query(`SELECT * FROM p_discover_${table} WHERE blog_id <> '' OR 1 = 1 LIMIT 5`),
      [],
      table,
    );
  t.deepEqual(host.failures(), []);
});
