import test from "ava";
import { openDashboard, setUp } from "./testing.ts";

type Parts = Awaited<ReturnType<typeof openDashboard>>;

// kim's installation, read in German.
async function openInGerman(t: Parameters<typeof openDashboard>[0]): Promise<Parts> {
  const parts = await openDashboard(t);
  await setUp(parts);
  await parts.house.storage.write((db) => db.run("UPDATE accounts SET language = ?", ["de"]));
  return parts;
}

test("plugins are listed, found, described and set in the reader's language", async (t) => {
  const { browser } = await openInGerman(t);

  const list = (await browser.get("/admin/plugins?q=suchmaschinen")).text;
  t.regex(list, /Sagt Suchmaschinen, welche Seiten ein Blog hat/);
  t.notRegex(list, /Tells search engines|feeds/);
  const feeds = (await browser.get("/admin/plugins/feeds")).text;
  for (const word of ["in jedem Feedreader verfolgen", "Beiträge in jedem Feed", "Die neuesten.", "Den ganzen Beitrag"])
    t.true(feeds.includes(word), word);
  const refused = await browser.post("/admin/plugins/feeds/settings", { "s-items": "0", "s-content": "full" });
  t.is(refused.status, 422);
  t.regex(refused.text, /<a href="#s-items">[^<]*Beiträge in jedem Feed/);

  t.regex((await browser.get("/b/kim.localhost/settings/plugins")).text, /Sagt Suchmaschinen/);
  t.regex((await browser.get("/b/kim.localhost/settings/plugins/sitemap")).text, /Kategorien aufführen/);
});

test("an importer says in the reader's language what it brings, and its plugin's name stands where plugins are named", async (t) => {
  const { browser } = await openInGerman(t);

  t.regex((await browser.get("/b/kim.localhost/import")).text, /Liste der Dateien eines Exports von WordPress/);
  await browser.get("/admin/plugins/import-wordpress");
  await browser.post("/admin/plugins/import-wordpress/disable", {});
  t.regex((await browser.get("/admin/plugins/import-wordpress")).text, /<h1>Import aus WordPress/);
});

test("themes describe themselves, and group and offer their settings, in the reader's language", async (t) => {
  const { browser } = await openInGerman(t);

  const page = (await browser.get("/b/kim.localhost/design")).text;
  t.regex(page, /Für kurze Notizen: eine ruhige Spalte/);
  t.regex(page, /Seitlich auf breiten Bildschirmen/);
  const almanac = (await browser.get("/b/kim.localhost/design?theme=almanac")).text;
  t.regex(almanac, /<summary>Titelseite<\/summary>/);
  t.regex(almanac, /Rund um den Farbkreis/);
});
