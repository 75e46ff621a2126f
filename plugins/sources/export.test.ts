import test from "ava";
import { item, openSources, rss } from "./sources.testing.ts";

test("an archive has one's own blogs elsewhere; the page says so before, in the reader's language", async (t) => {
  const { host, kim, add } = await openSources(t);
  host.network.on("GET https://lee.example/feed.xml", {
    text: rss(item("1", "Herons")),
    headers: { "content-type": "text/xml" },
  });
  await add();

  const page = await kim.get("/account/export");
  t.regex(page.text, /<strong>Sources<\/strong>: Your own blogs elsewhere/);
  t.notRegex((await kim.get("/b/kim.example/export")).text, /Your own blogs elsewhere/);
  await host.house.storage.write((db) => db.run("UPDATE accounts SET language = 'de' WHERE id = ?", [host.account.id]));
  t.regex((await kim.get("/account/export")).text, /Ihre eigenen Blogs anderswo/);
  t.like(JSON.parse((await host.kept())["sources/sources.json"]!), [
    { feed: "https://lee.example/feed.xml", title: "Lee", isCopied: false },
  ]);
  t.deepEqual(await host.kept(await host.person("lee")), {});
});
