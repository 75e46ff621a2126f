import test from "ava";
import moderation from "./plugin.ts";
import { apply, open } from "./moderation.testing.ts";

test("the desk is for moderators: others see nothing of it and can do nothing there", async (t) => {
  const { host, lee, mia, say, desk, at } = await open(t);
  const post = await say(lee, "Reeds");
  await desk.report({ by: mia.id, about: { number: post.number }, category: "spam", note: "" });
  const [id] = await at.openCases();
  const desks = moderation.screens!.filter(({ path }) => path.startsWith("/admin/"));
  t.true(desks.length > 10);
  t.deepEqual([...new Set(desks.map(({ access }) => access))], ["moderator"]);
  const [byLee, byCurator] = [await host.as(lee), await host.as(await host.person("ida", "curator"))];
  for (const { path, method } of desks) {
    const place = path.replace(":id", id!);
    for (const visitor of [byLee, byCurator]) {
      const answer =
        method === "POST" ? await visitor.post(place, { case: id!, act: "hide", reason: "x" }) : await visitor.get(place);
      t.is(answer.status, 404, `${method} ${path}`);
    }
    const stranger = await host.request({ path: place, host: "hub.example" });
    t.true([302, 303, 404].includes(stranger.status), path);
  }
  t.is((await host.stored(post))!.visibility, "public");
  t.deepEqual(await at.actions(), []);
});

test("moderators decide about members, admins about moderators too, nobody about themselves, and private posts stay private", async (t) => {
  const { host, kim, lee, mia, una, say, at } = await open(t);
  const [byMia, byKim] = [await host.as(mia), await host.as(kim)];
  const warn = (visitor: typeof byMia, id: string) => apply(visitor, { person: id, act: "warn", reason: "Please." });
  t.is((await warn(byMia, mia.id)).status, 403);
  t.is((await warn(byMia, una.id)).status, 403);
  t.is((await warn(byMia, kim.id)).status, 403);
  t.is((await warn(byKim, kim.id)).status, 403);
  t.is((await warn(byKim, mia.id)).status, 303);
  t.is((await warn(byMia, lee.id)).status, 303);
  t.deepEqual(await at.actions(), ["warn active", "warn active"]);
  const secret = await say(lee, "Between me and me", { visibility: "private" });
  t.is((await byMia.get(`/admin/moderation/about?number=${secret.number}`)).status, 404);
  t.is((await apply(byMia, { number: String(secret.number), act: "hide", reason: "x" })).status, 404);
  const [action] = await at.rows("SELECT id FROM p_moderation_actions WHERE account_id = ?", [mia.id]);
  t.is((await byMia.post("/admin/moderation/undo", { person: mia.id, action: String(action!.id) })).status, 403);
});

test("what was done once is final after 30 days, what lasts can be ended", async (t) => {
  const { host, lee, mia, say, at } = await open(t);
  const post = await say(lee, "Reeds");
  const byMia = await host.as(mia);
  const form = { number: String(post.number), act: ["hide", "limit"], reason: "Rude." };
  t.is((await apply(byMia, form)).status, 303);
  host.clock.advance({ hours: 24 * 31 });
  const again = await host.as(mia);
  const rows = await at.rows("SELECT id, kind FROM p_moderation_actions ORDER BY id");
  const undo = (kind: string) =>
    again.post("/admin/moderation/undo", { person: lee.id, action: String(rows.find((row) => row.kind === kind)!.id) });
  t.is((await undo("hide")).status, 409);
  t.is((await undo("limit")).status, 303);
  const decision = await at.lastDecision();
  t.is((await (await host.as(lee)).post(`/appeal/${decision}`, { words: "Late" })).status, 409);
  t.deepEqual((await at.actions()).toSorted(), ["hide active", "limit undone"]);
  t.deepEqual(host.failures(), []);
});

test("menus, guidelines and the card are for whom they are", async (t) => {
  const { host, kim, lee, ana, mia, say, desk, store } = await open(t);
  const post = await say(lee, "Reeds");
  await store.follow(ana.id, (await store.resolve("lee"))!.id);
  await store.follow(mia.id, lee.id);
  const page = async (who: typeof kim, path: string) => (await (await host.as(who)).get(path)).text;
  const link = `/report?number=${post.number}`;
  t.true((await page(ana, "/timeline")).includes(link));
  t.false((await page(ana, "/timeline")).includes("/admin/moderation"));
  t.true((await page(mia, "/timeline")).includes(`/admin/moderation/about?number=${post.number}`));
  t.false((await page(lee, `/c/${post.number}`)).includes(link), "not on one's own");
  t.regex(await page(ana, "/guidelines"), /Be kind to each other/);
  await host.house.host.set("moderation", { guidelines: "# Our house\n\n- No <script>alert(1)</script> boats" }, {});
  const own = (await host.request({ path: "/guidelines", host: "hub.example" })).text;
  t.regex(own, /Our house/);
  t.notRegex(own, /<script>alert/);
  t.notRegex(await page(kim, "/"), /Reports that wait/);
  await desk.report({ by: ana.id, about: { number: post.number }, category: "spam", note: "" });
  t.regex(await page(kim, "/"), /Reports that wait: 1/);
  t.notRegex(await page(lee, "/"), /Reports that wait/);
  t.deepEqual(host.failures(), []);
});
