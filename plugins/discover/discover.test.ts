import test from "ava";
import { fileURLToPath } from "node:url";
import { pluginContract } from "rookery/testing";
import { numbersOf, open, timelineOf } from "./discover.testing.ts";

const requires = ["feeds", "timeline"].map((id) => fileURLToPath(new URL(`../${id}`, import.meta.url)));
pluginContract(test, import.meta.dirname, { requires });

test("a curator picks a post with topics and a note; everybody reads it as page, JSON and RSS, and its author is told", async (t) => {
  const { host, shelves, lee, ana, say, act, curator, visit } = await open(t);
  const reeds = await say(lee, "Ein Roman 📚 über Schilf");
  const boats = await say(ana, "Boats on the river", { photos: [{ url: "https://ana.example/boat.jpg", alt: "A boat" }] });
  const page = await curator.get("/admin/discover");
  t.is(page.status, 200);
  t.regex(page.text, /value="books" checked/, "words and emoji suggest");
  t.true(page.text.indexOf("Boats") < page.text.indexOf("Schilf"), "the newest first");
  t.deepEqual(await shelves.picks(), { entries: [], next: null }, "nothing is filed by itself");

  const refused = await act("pick", { number: String(reeds.number), topic: ["books", "photos"], note: "typed words" });
  t.is(refused.status, 422);
  t.regex(refused.text, /posts with a photo[\s\S]*typed words/, "what was typed stands there again");
  t.is((await act("pick", { number: String(boats.number), topic: ["photos"] })).status, 303);
  t.is((await act("pick", { number: String(reeds.number), topic: ["books"], note: "Read it <slowly>" })).status, 303);
  t.is((await act("pick", { number: String(reeds.number) })).status, 422, "once only");
  await host.runJobs();

  const { entries } = await shelves.picks();
  t.like(entries[0], { number: reeds.number, note: "Read it <slowly>", topics: ["books"] });
  t.deepEqual(numbersOf(entries), [reeds.number, boats.number], "the latest pick first, whatever the post's date");
  t.true(entries[0]!.pick > entries[1]!.pick);
  const [first] = entries;
  t.deepEqual(numbersOf((await shelves.picks({ before: first!.pick })).entries), [boats.number]);
  t.deepEqual(numbersOf((await shelves.picks({ since: entries[1]!.pick })).entries), [reeds.number]);
  t.like(await shelves.picks({ limit: 1 }), { next: first!.pick });
  t.deepEqual([await shelves.pickOf(reeds.number), await shelves.pickOf(7_777)], [first!.pick, null]);
  t.deepEqual(numbersOf((await shelves.picks({ topic: "photos" })).entries), [boats.number]);
  t.deepEqual(numbersOf((await shelves.picks({ language: "de-AT" })).entries), [reeds.number], "the blog speaks German");
  for (const wish of [{ topic: "nothing" }, { before: -1 }, { limit: 0 }, { language: "\u202E" }])
    t.deepEqual(await shelves.picks(wish), { entries: [], next: null }, JSON.stringify(wish));

  const shown = await visit("/discover");
  t.regex(shown.text, /Schilf[\s\S]*Why this is here:[\s\S]*Read it &lt;slowly&gt;[\s\S]*Boats/);
  t.regex((await visit("/discover?lang=de")).text, /Schilf/);
  t.notRegex((await visit("/discover?lang=de")).text, /Boats/);
  t.regex((await visit("/discover/photos")).text, /Boats/);
  t.regex((await visit("/discover/podcasts")).text, /Nothing is picked here/);
  t.is((await visit("/discover/nothing")).status, 404);
  t.regex((await visit("/discover/about")).text, /@noor/);

  const json = await visit("/discover/feed.json");
  const feed = json.json() as { version: string; items: Record<string, unknown>[] };
  t.is(feed.version, "https://jsonfeed.org/version/1.1");
  t.like(feed.items[0], {
    url: reeds.url,
    language: "de",
    authors: [{ name: "Lee", url: host.blogs[1]!.url }],
    tags: ["Books"],
  });
  t.regex(String(feed.items[0]!.content_html), /Read it &lt;slowly&gt;/);
  const again = await visit("/discover/feed.json", { "if-none-match": json.headers.etag! });
  t.deepEqual([again.status, again.text], [304, ""]);
  const rss = await visit("/discover/books/feed.xml?lang=de");
  t.regex(rss.text, /<title>Entdecken \(hub\.example[^)]*\): Bücher<\/title>[\s\S]*<dc:creator>Lee<\/dc:creator>/);
  t.is((await visit("/discover/nothing/feed.xml")).status, 404);

  const notices = host.events("account.notice" as never) as unknown as {
    accountId: string;
    notice: { kind: string; url: string };
  }[];
  t.like(
    notices.find(({ accountId }) => accountId === lee.id),
    { notice: { kind: "discover", url: `/c/${reeds.number}` } },
  );
  t.regex((await curator.get("/admin/discover/log")).text, /Picked[\s\S]*noor[\s\S]*Read it &lt;slowly&gt;/);
  t.deepEqual(host.failures(), []);
});

test("what is deleted, hidden, edited, suspended or not wanted is gone from every shelf and feed at once", async (t) => {
  const { host, shelves, lee, ana, una, noor, say, act, curator, visit } = await open(t);
  const posts = [];
  for (const [who, text] of [
    [lee, "Deleted later"],
    [lee, "Private later"],
    [lee, "Edited later"],
    [ana, "Opted out later"],
    [una, "Suspended later"],
    [lee, "Taken off later"],
    [lee, "Stays"],
  ] as const) {
    const post = await say(who, text);
    t.is((await act("pick", { number: String(post.number), topic: ["books"] })).status, 303);
    posts.push(post);
  }
  const [deleted, hidden, edited, , , takenOff, stays] = posts;
  // Without a job in between: nobody waits for one.
  await host.remove(deleted!);
  await host.edit(hidden!, { visibility: "private" });
  await host.edit(edited!, { text: "Buy my pills" });
  const anas = await host.as("ana");
  t.is((await anas.post("/discover/mine", { intent: "choose" })).status, 303);
  await host.house.storage.write((db) => db.run("UPDATE accounts SET state = 'suspended' WHERE id = ?", [una.id]));
  const lees = await host.as("lee");
  const mine = await lees.get("/discover/mine");
  const row = mine.text.split("<li").find((one) => one.includes("Taken off"))!;
  const id = /value="(\w{26})"/.exec(row)![1]!;
  t.is((await anas.post("/discover/mine", { intent: "take-off", id })).status, 404, "only one's own");
  t.deepEqual(numbersOf((await shelves.picks()).entries), [stays!.number, takenOff!.number]);
  t.is((await lees.post("/discover/mine", { intent: "take-off", id })).status, 303);

  t.deepEqual(numbersOf((await shelves.picks()).entries), [stays!.number]);
  t.deepEqual(numbersOf((await shelves.picks({ topic: "books" })).entries), [stays!.number]);
  for (const path of ["/discover", "/discover/books", "/discover/feed.json", "/discover/books/feed.xml"]) {
    const { text } = await visit(path);
    t.regex(text, /Stays/);
    t.notRegex(text, /later|pills/, path);
  }
  const candidates = (await curator.get("/admin/discover")).text;
  t.notRegex(candidates, /n\d+">[\s\S]{0,800}(Opted|Suspended|Taken off)/);
  t.is((await act("pick", { number: String(posts[3]!.number) })).status, 422);

  // A curator reads what was edited, and shows it again in its place.
  await host.runJobs();
  const desk = (await curator.get("/admin/discover?tab=picked")).text;
  t.regex(desk, /Changed since they were picked[\s\S]*Buy my pills/);
  const told = host.events("account.notice").filter(({ notice }) => /says something else now/.test(notice.text));
  t.deepEqual(
    told.map(({ accountId }) => accountId),
    [noor.id],
    "who picked it finds it at once",
  );
  await host.edit(stays!, { text: "*Stays*" });
  await host.runJobs();
  t.true(numbersOf((await shelves.picks()).entries).includes(stays!.number), "what is only set differently stays");
  const changed = /value="confirm"><input type="hidden" name="id" value="(\w{26})"/.exec(desk)![1]!;
  t.is((await act("confirm", { id: changed, mark: "of what it said a moment ago" })).status, 409);
  const [, mark] = new RegExp(`value="${changed}"><input type="hidden" name="mark" value="(\\w{64})"`).exec(desk)!;
  await act("confirm", { id: changed, mark: mark! });
  t.deepEqual(numbersOf((await shelves.picks()).entries), [stays!.number, edited!.number]);
  await host.edit(hidden!, { visibility: "public" });
  await anas.post("/discover/mine", { intent: "choose", picked: "on" });
  t.is((await shelves.picks()).entries.length, 4, "what is public and wanted again stands in its place");

  // What somebody writes on a site of their own elsewhere is theirs here too.
  const elsewhere = async (html: string, replyTo = "") => {
    const post = { title: "", photos: [], isNew: true };
    const at = { url: `https://elsewhere.example/1${replyTo && "r"}`, publishedAt: host.clock.now().toISOString() };
    return timelineOf(host).putOwn({ key: `source 1${replyTo}`, accountId: ana.id, html, replyTo, post, ...at });
  };
  const [outside, answer] = [await elsewhere("<p>Moss from afar</p>"), await elsewhere("<p>Indeed</p>", "https://kim.example/x")];
  await host.runJobs();
  t.regex(
    (await curator.get("/admin/discover")).text,
    new RegExp(`id="n${outside}">[\\s\\S]*Moss from afar[\\s\\S]*name="mark" value="\\w{64}"`),
  );
  t.is((await act("pick", { number: String(answer) })).status, 422, "no replies");
  t.regex((await act("pick", { number: String(outside), mark: "other" })).text, /Read it again\.[\s\S]*Moss from afar/);
  t.is((await act("pick", { number: String(outside), topic: ["books"] })).status, 303);
  t.is(numbersOf((await shelves.picks({ topic: "books" })).entries)[0], outside);
  for (const path of ["/discover", "/discover/books/feed.xml"])
    t.regex(
      (await visit(path)).text,
      /Moss from afar[\s\S]*elsewhere\.example\/1|elsewhere\.example\/1[\s\S]*Moss from afar/,
      path,
    );
  t.regex((await anas.get("/discover/mine")).text, /Moss from afar/);
  await elsewhere("<p>Moss and rats</p>");
  t.notRegex((await visit("/discover")).text, /rats/);
  t.regex((await curator.get("/admin/discover?tab=picked")).text, /Changed since they were picked[\s\S]*Moss and rats/);
  await elsewhere("<p><b>Moss</b> from afar</p>");
  await act("confirm", {
    id: /value="confirm"><input type="hidden" name="id" value="(\w{26})"/.exec(
      (await curator.get("/admin/discover?tab=picked")).text,
    )![1]!,
  });
  t.is(numbersOf((await shelves.picks()).entries)[0], outside);
  await timelineOf(host).remove(ana.id, ["source 1"]);
  t.false(numbersOf((await shelves.picks()).entries).includes(outside));
  t.deepEqual(host.failures(), []);
});
