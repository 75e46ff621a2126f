import test from "ava";
import { createTestHost } from "rookery/testing";
import relme from "./plugin.ts";

test("a profile that links back is verified with its date, others say why not; it is looked at again, and said on the screen", async (t) => {
  const host = await createTestHost(t, { plugins: [{ plugin: relme, folder: import.meta.dirname }], dashboard: true });
  const link = (url: string) => ({ label: "", url });
  const [good, none, gone] = ["https://social.example/@kim", "https://code.example/kim", "https://old.example/kim"];
  host.network.on(`GET ${good}`, { html: `<a rel="nofollow me" href="${host.blog.url.replace(/\/$/, "")}">home</a>` });
  host.network.on(`GET ${none}`, { html: `<!-- <a rel="me" href="${host.blog.url}"> --><a href="${host.blog.url}">x</a>` });
  host.network.on(`GET ${gone}`, { status: 404, html: "" });
  const kim = await host.as();
  await host.house.storage.write(async (db) => {
    const preferences = JSON.stringify({ links: [good, none, gone].map(link) });
    await db.run("UPDATE accounts SET preferences = ? WHERE id = ?", [preferences, host.account.id]);
  });
  t.regex((await kim.get("/profile-links")).text, /Not looked at yet/);

  t.is((await kim.post("/profile-links/check", {})).status, 303);
  await host.runJobs();
  const page = (await kim.get("/profile-links")).text;
  const said = [/Verified/, /Does not link back/, /Could not be read/].map((words) => page.split(words).length - 1);
  t.deepEqual(said, [1, 1, 1]);
  t.regex(page, /on .*2026/);

  host.network.off(`GET ${none}`);
  host.network.on(`GET ${none}`, { html: `<link rel="me" href="${host.blog.url}">` });
  host.clock.advance({ days: 8 });
  await host.runJobs();
  host.clock.advance({ days: 1 });
  await host.runJobs();
  t.is((await kim.get("/profile-links")).text.split("Verified").length - 1, 2);
  t.deepEqual(host.failures(), []);
});
