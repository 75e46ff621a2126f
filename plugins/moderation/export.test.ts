import test from "ava";
import { open } from "./moderation.testing.ts";

test("an archive has what one reported and what was decided about oneself, not who reported one", async (t) => {
  const { host, desk, kim, lee, ana, say, at } = await open(t);
  const post = await say(lee, "A bad word");
  await desk.report({ by: ana.id, about: { url: post.url }, category: "spam", note: "Ana's note" });
  const [id] = await at.openCases();
  const moderator = await host.as("mia");
  await moderator.post("/admin/moderation/apply", { cases: id!, case: id!, act: "warn", acts: "warn", reason: "Be kind" });
  await host.runJobs();

  const [ofAna, ofLee] = [await host.kept(ana), await host.kept(lee)];

  t.like(JSON.parse(ofAna["moderation/reports-i-made.json"]!), [
    { category: "spam", note: "Ana's note", about: { url: post.url } },
  ]);
  t.deepEqual(JSON.parse(ofLee["moderation/reports-i-made.json"]!), []);
  t.like(JSON.parse(ofLee["moderation/decisions-about-me.json"]!), [{ reason: "Be kind", appeal: null }]);
  t.notRegex(JSON.stringify(ofLee), new RegExp(`Ana's note|${ana.id}|mia`));
  t.deepEqual(JSON.parse((await host.kept(kim))["moderation/decisions-about-me.json"]!), []);
});
