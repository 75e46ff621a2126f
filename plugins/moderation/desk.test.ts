import test from "ava";
import { apply, blogOf, open, toldTo, wordsOf } from "./moderation.testing.ts";

test("a limit keeps what is said at home until it is taken back; it ends by itself after its time", async (t) => {
  const { host, lee, ana, mia, say, store, at, desk } = await open(t);
  await store.follow(ana.id, (await store.resolve("lee"))!.id);
  const byMia = await host.as(mia);
  const limit = (more: object = {}) => apply(byMia, { person: lee.id, act: "limit", reason: "Too loud.", ...more });
  t.is((await limit()).status, 303);
  t.deepEqual(await desk.stateOf(lee.id), { isLimited: true, isHeld: false, isSuspended: false });

  const quiet = await say(lee, "Quiet reeds");
  t.deepEqual(await wordsOf(store, ana), []);
  t.is((await host.get(new URL(quiet.url).pathname, { host: "lee.example" } as never)).status, 200, "the own blog shows it");
  const [action] = await at.rows("SELECT id FROM p_moderation_actions");
  t.is((await byMia.post("/admin/moderation/undo", { person: lee.id, action: String(action!.id) })).status, 303);
  t.is((await byMia.post("/admin/moderation/undo", { person: lee.id, action: String(action!.id) })).status, 409);
  await host.runJobs();
  t.deepEqual(await wordsOf(store, ana), ["Quiet reeds"]);
  t.regex(toldTo(host, lee).at(-1)!.text, /Taken back/);

  t.is((await limit({ length: "day" })).status, 303);
  await say(lee, "Never seen elsewhere");
  host.clock.advance({ hours: 25 });
  await host.runJobs();
  t.deepEqual(await at.actions(), ["limit undone", "limit ended"]);
  await say(lee, "Loud again");
  t.deepEqual(await wordsOf(store, ana), ["Loud again", "Quiet reeds"]);
  t.deepEqual(host.failures(), []);
});

test("who is suspended reads why in a mail, and appeals by its link without signing in", async (t) => {
  const { host, lee, mia, una, at, desk } = await open(t);
  await host.house.storage.write((db) => db.run("UPDATE accounts SET email = 'lee@mail.example' WHERE id = ?", [lee.id]));
  const byMia = await host.as(mia);
  const reason = "Sells stolen herons. <b>Now</b>";
  t.is((await apply(byMia, { person: lee.id, act: "suspend", reason, withBlogs: "on" })).status, 303);
  await host.runJobs();
  t.true((await desk.stateOf(lee.id)).isSuspended);
  t.is((await host.get("/", { host: "lee.example" } as never)).status, 410, "the blog went along");
  const mail = (await host.mails()).at(-1)!;
  t.is(JSON.stringify(mail).includes("stolen herons"), true);
  const [, path] = /hub\.example:?\d*(\/appeal\/[0-9A-Z]{26}\?key=[\w-]{32})/.exec(JSON.stringify(mail)) ?? [];
  t.truthy(path, JSON.stringify(mail));

  const page = await host.request({ path: path!, host: "hub.example" });
  t.is(page.status, 200);
  t.regex(page.text, /Sells stolen herons\. &lt;b&gt;Now/);
  t.is((await host.request({ path: path!.slice(0, -1) + (path!.endsWith("A") ? "B" : "A"), host: "hub.example" })).status, 404);
  t.is((await host.request({ path: path!.split("?")[0]!, host: "hub.example" })).status, 404);
  const cookie = [page.headers["set-cookie"]]
    .flat()
    .map((line) => String(line).split(";")[0])
    .join("; ");
  const csrf = /name="csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? "";
  const [bare, key] = path!.split("?key=");
  const form = { csrf, key: key!, words: "They were mine." };
  const origin = host.house.site.url.replace(/\/$/, "");
  const sent = await host.request({ method: "POST", path: bare!, host: "hub.example", form, headers: { cookie, origin } });
  t.is(sent.status, 303, sent.text.slice(0, 400));
  await host.runJobs();
  const byUna = await host.as(una);
  t.is(
    (await byUna.post(`/admin/moderation/appeals/${await at.lastDecision()}`, { intent: "grant", answer: "Indeed." })).status,
    303,
  );
  t.false((await desk.stateOf(lee.id)).isSuspended);
  t.is((await host.get("/", { host: "lee.example" } as never)).status, 200);
  t.deepEqual(host.failures(), []);
});

test("a sensitive post is folded on its blog until that is taken back; its picture with it", async (t) => {
  const { host, lee, mia, say, at, store } = await open(t);
  const post = await say(lee, "A heron eats", { photos: [{ url: "https://lee.example/frog.jpg", alt: "A frog" }] });
  const byMia = await host.as(mia);
  t.is((await apply(byMia, { number: String(post.number), act: "sensitive", reason: "Blood." })).status, 303);
  await host.runJobs();
  const shown = await host.get(new URL(post.url).pathname, { host: "lee.example" } as never);
  t.regex(shown.text, /<details><summary>Sensitive/);
  t.regex(shown.text, /moderation-note/);
  const item = (await store.item(mia.id, post.number))!;
  t.regex(item.html, /^<p>Sensitive[^<]*<a /, "in timelines its sentence and a link");
  t.notRegex(item.html, /frog/);
  await host.edit(post, { text: "A heron eats a frog" });
  t.regex((await host.stored(post))!.html, /<details>/, "an edit does not unfold it");
  const [action] = await at.rows("SELECT id FROM p_moderation_actions");
  t.is((await byMia.post("/admin/moderation/undo", { number: String(post.number), action: String(action!.id) })).status, 303);
  t.notRegex((await host.stored(post))!.html, /<details>/);
  t.is((await host.stored(post))!.properties["content-warning"], undefined);
  t.deepEqual(host.failures(), []);
});

test("nothing comes from a blocked domain; a list goes out and in", async (t) => {
  const { host, kim, mia, store, desk } = await open(t);
  const byMia = await host.as(mia);
  const at = "/admin/moderation/domains";
  t.is((await byMia.post(at, { intent: "block", host: "https://Boats.example/x", reason: "Spam" })).status, 303);
  for (const [typed, status] of [
    ["not a domain", 422],
    ["kim.example", 422],
    ["hub.example", 422],
    ["", 422],
  ] as const)
    t.is((await byMia.post(at, { intent: "block", host: typed, reason: "Spam" })).status, status, typed);
  t.true(await desk.isBlockedHost("sea.boats.example"));
  t.false(await desk.isBlockedHost("oats.example"));
  for (const typed of ["https://boats.example/feed", "sea.boats.example", "@ana@boats.example"])
    await t.throwsAsync(store.resolve(typed), { message: /blocked this domain/ }, typed);
  t.is(await store.resolve("https://oats.example/feed"), null);
  const refused = await byMia.post("/following", { who: "https://boats.example/feed" });
  t.regex(refused.text, /Moderators blocked this domain/);

  const feed = await store.keepSource("test-feeds", {
    kind: "feed",
    key: "https://boats.example/feed",
    title: "Boats",
    url: "https://boats.example/",
    avatar: "",
    handle: "boats.example",
    language: "en",
  });
  await store.follow(kim.id, feed.id);
  await store.put([
    {
      key: "1",
      sourceId: feed.id,
      url: "https://boats.example/1",
      html: "Buy boats",
      publishedAt: host.clock.now().toISOString(),
    },
  ]);
  await host.runJobs();
  t.deepEqual(
    (await store.home(kim.id)).items.map(({ url }) => url).filter((url) => url.includes("boats")),
    [],
  );

  const list = "#domain,#severity\nrafts.example,suspend\n\nnonsense\nboats.example\nxn--bcher-kva.example\n";
  t.is((await byMia.post(at, { intent: "import", list, reason: "A list" })).status, 303);
  t.is((await byMia.get(`${at}/blocked-domains.txt`)).text, "boats.example\nrafts.example\nxn--bcher-kva.example\n");
  t.is((await byMia.post(at, { intent: "unblock", host: "boats.example" })).status, 303);
  t.false(await desk.isBlockedHost("boats.example"));
  t.deepEqual(host.failures(), []);
});

test("all that is ticked in the queue is done in one go", async (t) => {
  const { host, lee, ana, mia, say, desk, at } = await open(t);
  const posts = [await say(lee, "One"), await say(lee, "Two"), await say(ana, "Three")];
  for (const [place, { number }] of posts.entries())
    await desk.report({ by: mia.id, about: { number }, category: place === 1 ? "self-harm" : "spam", note: "" });
  const byMia = await host.as(mia);
  const cases = await at.openCases();
  t.is((await byMia.post("/admin/moderation", { act: "hide", reason: "x" })).status, 422);
  t.is((await byMia.post("/admin/moderation", { case: cases, act: "hide", reason: "" })).status, 422);
  const first = await byMia.get("/admin/moderation");
  t.true(first.text.indexOf("One") < first.text.indexOf("Three"), "the oldest first");
  const urgent = (await byMia.get("/admin/moderation?category=self-harm")).text;
  t.deepEqual([urgent.includes(cases[1]!), urgent.includes(cases[0]!)], [true, false]);
  t.regex((await byMia.get("/admin/moderation?category=threat")).text, /Nothing that was reported so waits/);
  t.regex((await byMia.get("/admin/moderation?category=%27")).text, /Three/);
  const bad = await byMia.post("/admin/moderation?category=self-harm", { case: cases[1]!, act: "hide", reason: "" });
  t.notRegex(bad.text, /Three/, "what was asked for stays so");
  t.regex(bad.text, new RegExp(`value="${cases[1]}"[^>]* checked`));
  const about = (await byMia.get(`/admin/moderation?person=${ana.id}&all=yes`)).text;
  t.deepEqual([about.match(/name="case"[^>]* checked/g)?.length, /Three/.test(about), /One/.test(about)], [1, true, false]);
  t.true((await byMia.get(`/admin/moderation/case/${cases[0]}`)).text.includes(`/admin/moderation?person=${lee.id}`));
  t.is((await byMia.post("/admin/moderation", { case: [cases[0]!, cases[2]!], act: "hide", reason: "Spam." })).status, 303);
  t.is((await byMia.post("/admin/moderation", { case: [cases[1]!, cases[0]!, "x"], act: "close", reason: "Fine." })).status, 303);
  t.deepEqual(await at.openCases(), []);
  t.deepEqual(await Promise.all(posts.map(async (post) => (await host.stored(post))!.visibility)), [
    "private",
    "public",
    "private",
  ]);
  t.is(blogOf(host, lee).ownerId, lee.id);

  const decided = "/admin/moderation/decided";
  const page = (await byMia.get(decided)).text;
  t.regex(page, /Hide the post or reply[\s\S]*done[\s\S]*@mia/);
  t.regex(page, /Two[\s\S]*?nothing was done/, "what was closed alone");
  t.is(page.match(/name="case"/g)?.length, 2, "only what can be taken back");
  t.is((await byMia.post(decided, {})).status, 422);
  t.is((await byMia.post(decided, { case: [...cases, "x"] })).status, 303);
  t.deepEqual(await at.actions(), ["hide undone", "hide undone"]);
  t.is((await host.stored(posts[0]!))!.visibility, "public");
  t.is((await byMia.get(`${decided}?before=nonsense`)).status, 200);
  t.notRegex((await byMia.get(`${decided}?before=${encodeURIComponent(`2000-01-01T00:00:00.000Z ${cases[0]}`)}`)).text, /Two/);
});
