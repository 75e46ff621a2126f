import test from "ava";
import { insert, nowOf } from "./rows.ts";
import { open, toldTo } from "./moderation.testing.ts";
import type { Own } from "./settings.ts";

test("reports that are forged, endless or strange are refused or cut, never a failure", async (t) => {
  const { host, kim, lee, ana, say, at, desk } = await open(t);
  const post = await say(lee, "Reeds");
  const secret = await say(lee, "Between me and me", { visibility: "private" });
  const draft = await say(lee, "Not yet", { status: "draft" });
  const unlisted = await say(lee, "Whoever has the address", { visibility: "unlisted" });
  const byAna = await host.as(ana);
  const numbers = [
    "0",
    "-1",
    "1.5",
    "99999999999",
    "2147483647",
    "1e3",
    "💥",
    ...[secret, draft, unlisted].map((one) => String(one.number)),
  ];
  for (const number of numbers) {
    t.is((await byAna.get(`/report?number=${encodeURIComponent(number)}`)).status, 404, number);
    t.is((await byAna.post("/report", { number, category: "spam" })).status, 404, number);
  }
  t.is((await byAna.get(`/report?url=${encodeURIComponent(unlisted.url)}`)).status, 200);
  for (const query of [
    "",
    "handle=nobody",
    "handle=%00%F0",
    "url=javascript:alert(1)",
    "url=https://elsewhere.example/1",
    `url=${"x".repeat(9_000)}`,
  ])
    t.true([404, 400, 414].includes((await byAna.get(`/report?${query}`)).status), query.slice(0, 60));
  for (const id of ["x", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "💥", "%00"])
    for (const path of [`/appeal/${id}`, `/appeal/${id}?key=${"a".repeat(32)}`])
      t.true((await byAna.get(encodeURI(path))).status < 500, path);

  const number = String(post.number);
  t.is((await byAna.post("/report", { number, category: "nonsense" })).status, 422);
  t.is((await byAna.post("/report", { number, category: "spam", note: "x".repeat(64 * 1024) })).status, 422);
  t.is(
    (await byAna.post("/report", { number, category: "spam", note: "👩‍👩‍👧‍👦".repeat(200) })).status,
    303,
    "2,000 letters as people count points",
  );
  const odd = "\u202Eltr \u0007 <script>alert(1)</script> \uD83D مرحبا";
  t.is((await byAna.post("/report", { number, category: "spam", note: odd })).status, 303);
  t.is((await byAna.post("/report", { number, category: "spam", note: "\u0000" })).status, 400);
  const [row] = await at.rows("SELECT note FROM p_moderation_reports");
  t.true(String(row!.note).isWellFormed() && !String(row!.note).includes("\u0007"));
  const [id] = await at.openCases();
  const byKim = await host.as(kim);
  const page = await byKim.get(`/admin/moderation/case/${id}`);
  t.is(page.status, 200);
  t.notRegex(page.text, /<script>alert/);
  t.is((await (await host.as(lee)).post("/report", { number, category: "spam" })).status, 422, "nobody reports themselves");
  await t.throwsAsync(desk.report({ by: ana.id, about: { handle: "x".repeat(300) }, category: "spam", note: "" }), {
    message: /no such/,
  });
  t.deepEqual(host.failures(), []);
});

test("a thousand reports of one thing are one row, one notice, and read page by page", async (t) => {
  const { host, lee, ana, mia, say, at, desk } = await open(t);
  const post = await say(lee, "Reeds");
  await desk.report({ by: ana.id, about: { number: post.number }, category: "spam", note: "First" });
  const [id] = await at.openCases();
  const context = {
    clock: host.clock,
    tables: { run: (sql: string, values: string[]) => host.house.storage.write((db) => db.run(sql, values)) },
  } as unknown as Own;
  for (let from = 0; from < 1_000; from += 250)
    await insert(
      context,
      "reports",
      Array.from({ length: 250 }, (_, n) => ({
        id: `7ZZZZZZZZZZZZZZZZZZZZ${String(from + n).padStart(5, "0")}`,
        case_id: id!,
        reporter_key: String(from + n),
        account_id: "",
        category: "spam",
        note: `Note ${from + n}`,
        at: nowOf(context),
        is_told: 0,
      })),
    );
  await host.runJobs();
  t.is(toldTo(host, mia).length, 1);
  const byMia = await host.as(mia);
  const queue = await byMia.get("/admin/moderation");
  t.is(queue.text.split(`value="${id}"`).length, 2);
  const first = await byMia.get(`/admin/moderation/case/${id}`);
  t.true(first.text.includes("Note 999") && !first.text.includes("Note 949<"));
  const next = /href="([^"]*\?before=[^"]*)"/.exec(first.text)![1]!;
  t.true((await byMia.get(next)).text.includes("Note 949"));
  t.notRegex(queue.text + first.text, /\b1,?00[01]\b/, "nothing is counted");
  t.is((await byMia.post("/admin/moderation/apply", { case: id!, close: "on" })).status, 303);
  await host.runJobs();
  t.is((await at.rows("SELECT id FROM p_moderation_reports WHERE is_told = 0 LIMIT 1")).length, 0);
  t.regex(toldTo(host, ana).at(-1)!.text, /left it as it is/);
  t.deepEqual([host.failures(), await host.deadJobs()], [[], []]);
});

test("visitors report a few times an hour; programs that fill everything in are not heard", async (t) => {
  const { host, lee, say, at } = await open(t);
  const posts = [];
  for (let n = 0; n < 7; n++) posts.push(await say(lee, `Reeds ${n}`));
  const origin = host.house.site.url.replace(/\/$/, "");
  const page = await host.request({ path: `/report?number=${posts[0]!.number}`, host: "hub.example" });
  t.is(page.status, 200);
  const cookie = [page.headers["set-cookie"]]
    .flat()
    .map((line) => String(line).split(";")[0])
    .join("; ");
  const [csrf, word] = ["csrf", "word"].map((name) => new RegExp(`name="${name}" value="([^"]*)"`).exec(page.text)?.[1] ?? "");
  const send = (post: { number: number }, more: Record<string, string> = {}) => {
    const form = { csrf: csrf!, word: word!, number: String(post.number), category: "spam", website: "", ...more };
    return host.request({ method: "POST", path: "/report", host: "hub.example", form, headers: { cookie, origin } });
  };
  t.is((await send(posts[0]!)).status, 422, "faster than anybody reads");
  host.clock.advance({ seconds: 5 });
  t.is((await send(posts[0]!, { website: "https://boats.example" })).status, 303);
  t.is((await send(posts[0]!, { word: "forged" })).status, 422);
  t.deepEqual(await at.openCases(), []);
  for (const post of posts.slice(0, 5)) t.is((await send(post)).status, 303);
  const refused = await send(posts[5]!, { note: "My words" });
  t.is(refused.status, 429);
  t.regex(refused.text, /My words/, "what was typed is still there");
  t.is((await at.openCases()).length, 5);
  await host.house.host.set("moderation", { visitors: false }, {});
  host.clock.advance({ hours: 2 });
  t.regex((await host.request({ path: `/report?number=${posts[6]!.number}`, host: "hub.example" })).text, /Sign in to report/);
  t.deepEqual(host.failures(), []);
});
