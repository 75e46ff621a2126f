import { readdirSync, readFileSync } from "node:fs";
import test from "ava";
import { open } from "./timeline.testing.ts";

test("the screens: following, reading, marking, muting, profiles for visitors, and nothing for garbage", async (t) => {
  const { host, kim, lee, ana, store, follow, say } = await open(t, { dashboard: true });
  await host.house.storage.write((db) =>
    db.run('UPDATE accounts SET preferences = \'{"photo":"https://faces.example/lee.png"}\' WHERE id = ?', [lee.id]),
  );
  await say(
    lee,
    'In rushes ![Heron](https://pictures.example/heron.jpg "H")\n\n<audio controls src="https://sounds.example/heron.mp3"></audio>',
  );
  const reeds = await say(lee, 'Reeds & "rushes"', { photos: [{ url: "https://lee.example/reeds.jpg", alt: "Reeds" }] });
  await host.runJobs();
  const visitor = await host.as("kim");
  const get = async (path: string) => {
    const { status, text, headers } = await visitor.get(path);
    t.is(status, 200, path);
    // Readers' browsers ask no other site for anything, unless somebody plays what is there.
    const sources = [...text.matchAll(/\b(?:src|srcset|poster)="(https?:[^"]*)"/g)].map(([, url]) => url);
    t.deepEqual(new Set(sources), new Set(text.includes("<audio") ? ["https://sounds.example/heron.mp3"] : []), path);
    t.notRegex(headers["content-security-policy"]!, /img-src[^;]*http/, path);
    return text;
  };
  t.regex(await get("/timeline"), /You follow no one yet/);
  t.regex(await get("/"), /<textarea id="content"[\s\S]*You follow no one yet[\s\S]*name="who"/, "the start page begins there");
  t.is((await visitor.post("/following", { who: "@lee" })).status, 303);
  const refused = await visitor.post("/following", { who: "nobody\u202E<b>" });
  t.is(refused.status, 422);
  t.regex(refused.text, /nobody of this name/);
  t.regex(await get("/following"), /Unfollow/);
  const timeline = await get("/timeline");
  t.regex(timeline, /Reeds &amp; &quot;rushes&quot;|Reeds &amp; "rushes"|Reeds &amp; “rushes”/);
  t.regex(timeline, /<img loading="lazy" src="\/foreign\/[^"]+" alt="Reeds"/);
  t.regex(timeline, /<span class="face" aria-hidden="true"><img src="\/foreign\/[\w-]+\/128\/[\w-]+"/);
  t.regex(timeline, /<img loading="lazy" src="\/foreign\/[^"]+"[^>]* alt="Heron"[\s\S]*<audio[^>]* preload="none">/);
  t.regex(await get("/photos"), /<img loading="lazy" src="\/foreign\//);

  const start = await get("/");
  t.regex(start, /<textarea id="content"[\s\S]*aria-current="page">Timeline[\s\S]*alt="Reeds"/);
  t.notRegex(start, /href="\/discover"/, "nobody serves it");
  t.regex(start, /Mute Lee/);
  const read = await visitor.post("/timeline", { number: String(reeds.number), at: "/" });
  t.deepEqual([read.status, read.headers.location], [303, "/"]);
  await say(lee, "Rushes");
  const answer = await say(ana, "@kim look", { properties: { "in-reply-to": reeds.url } });
  await host.runJobs();
  const later = await get("/timeline");
  t.regex(later, /1 new post since/);
  t.regex(later, /You read to here/);
  t.regex(await get("/mentions"), /look/);
  t.regex(await get(`/c/${answer.number}`), /Reeds[\s\S]*look/);

  t.is((await visitor.post("/muted", { kind: "word", value: "rushes", end: "week" })).status, 303);
  t.regex(await get("/timeline"), /You follow no one|empty/);
  t.is((await visitor.post("/muted", { kind: "word", value: "r" })).status, 422);
  const [muted] = await store.mutes(kim.id);
  t.is((await visitor.post("/muted", { intent: "unmute", id: muted!.id })).status, 303);
  t.regex(await get("/people/lee"), /Unfollow/);
  t.is((await visitor.post("/people/lee", { intent: "unfollow" })).status, 303);
  t.is((await visitor.post("/people/lee", { intent: "follow" })).status, 303);
  t.is((await visitor.post("/following", { intent: "replies", replies: "all" })).status, 303);
  t.is(await store.replies(kim.id), "all");

  // Who is not signed in reads what was said here, and nothing of anybody's reading.
  const stranger = (path: string) => host.request({ path, host: "hub.example" });
  const page = await stranger("/people/lee");
  t.is(page.status, 200);
  // The page and the blog say of each other that they are the same person's.
  t.regex(page.text, /<a href="http:\/\/lee\.example[^"]*" rel="me nofollow noopener">/);
  t.regex((await host.request({ path: "/", host: "lee.example" })).text, /<link rel="me" href="[^"]*\/people\/lee">/);
  t.is((await stranger(`/c/${reeds.number}`)).status, 200);
  t.notRegex((await stranger("/people/kim")).text, /\/people\/lee/);
  for (const path of ["/timeline", "/mentions", "/photos", "/following", "/muted"])
    t.true([302, 303].includes((await stranger(path)).status), path);
  const garbage = [
    "/c/0",
    "/c/-1",
    "/c/99999999999",
    "/c/1.5",
    "/c/2147483647",
    "/c/%F0%9F%90%A6",
    "/people/nobody",
    "/people/%E2%80%AEkim",
  ];
  for (const path of garbage) {
    t.is((await visitor.get(path)).status, 404, path);
    t.is((await stranger(path)).status, 404, path);
  }
  for (const before of ["0", "-1", "1e9", "99999999999", "x", "%00"]) await get(`/timeline?before=${before}`);

  // Nobody is told who follows somebody, or how many; there is nothing to like, repost or rank.
  await follow(ana.id, "lee");
  const seen = [await get("/people/lee"), await get("/timeline"), await get("/following"), await get(`/c/${reeds.number}`)].join(
    "",
  );
  t.notRegex(seen.replace(/<script[\s\S]*?<\/script>/g, ""), /follower|\blikes?\b|repost|trend|\bfollowed by\b/i);
  t.notRegex(await get("/people/lee"), /\/people\/(kim|ana)"/);
  t.deepEqual(host.failures(), []);
});

test("with more news than a page holds, a link leads to where one had read to", async (t) => {
  const { host, kim, lee, ana, store, follow, say } = await open(t, { dashboard: true });
  for (const who of ["lee", "ana"]) await follow(kim.id, who);
  const first = await say(lee, "Read until here");
  await host.runJobs();
  await store.mark(kim.id, { channel: "timeline", number: first.number, markedAt: "" });
  for (let n = 0; n < 50; n++) await say(n % 2 ? lee : ana, `News ${n}`);
  await host.runJobs();
  const visitor = await host.as("kim");
  const { text } = await visitor.get("/");
  t.regex(text, /More than 40 new posts/);
  t.notRegex(text, /You read to here/);
  const link = /href="(\/timeline\?before=\d+)#read"/.exec(text)![1]!;
  t.regex((await visitor.get(link)).text, /id="read">You read to here<\/h2>[\s\S]*Read until here/);
});

test("nothing counts followers, likes or reposts", (t) => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.(ts|njk)$/.test(name) && !name.includes("test"),
  );
  for (const name of files) {
    const text = readFileSync(`${import.meta.dirname}/${name}`, "utf8");
    t.notRegex(text, /\bCOUNT\(|followersOf|followerCount|likeCount|repostCount/i, name);
  }
  const api = readFileSync(`${import.meta.dirname}/api.ts`, "utf8");
  t.notRegex(api, /followers/i);
});
