import { existsSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import type { Json } from "../../core/hooks/values.ts";
import { createTestHost, type TestHost } from "../../core/testing/test-host.ts";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { axeFaults, faultsOf, overflow } from "./look.ts";
import { visibleThemes } from "./theme-pages.ts";

const plugins = new URL("../../plugins/", import.meta.url);
const isThere = existsSync(new URL("podcast/plugin.ts", plugins));
if (!isThere) test.skip("an episode is shown in every theme (plugins/podcast is not there)", () => {});

const said: Json = {
  season: 2,
  episode: 12,
  kind: "bonus",
  explicit: "yes",
  chapters: `00:00 Reeds\n1:02:03 ${"Herons".repeat(30)} https://lee.example/\n01:00 مالك الحزين`,
  transcript: `WEBVTT\n\n00:00.000 --> 00:02.000\n<v Kim>${"Listen ".repeat(80)}\n\n00:09.000 --> 00:10.000\n<v Lee>${"no".repeat(200)}`,
  people: [
    { name: "Kim", role: "host" },
    { name: "Lee", role: "guest", url: "https://lee.example/" },
  ],
};

(isThere ? journey : test.skip)(
  "an episode's page in every theme: one player, for everybody, light and dark, narrow, both ways",
  async (t) => {
    const sides = await Promise.all(["en", "ar"].map((language) => published(t, language)));
    const { page } = await visit(t);
    const faults: string[] = [];
    for (const theme of visibleThemes) {
      for (const { host, path, language } of sides) {
        await host.house.storage.write(async (db) => {
          await db.run("UPDATE blogs SET theme = ?", [theme]);
          await host.scope().touch(db, host.blog.id);
        });
        // The names of tests are nowhere: what the page asks for is fetched from the host by hand.
        await page.unrouteAll();
        await page.route("http://kim.example/**", async (route) => {
          const { pathname, search } = new URL(route.request().url());
          const { status, headers, text } = await host.get(pathname + search);
          await route.fulfill({ status, headers: { ...headers }, body: text });
        });
        const where = `${theme}, ${language}`;
        await page.goto(`http://kim.example${path}?${theme}`);
        if ((await page.locator("main audio, article audio").count()) !== 1) faults.push(`${where}: not one player`);
        if ((await page.locator(`link[href*="/themes/${theme}/"], link[href*="${theme}.css"]`).count()) === 0)
          faults.push(`${where}: another theme`);
        for (const one of await page.locator("details:not([open]) > summary").all()) await one.click();
        await shoot(page, `episode-${theme}-${language}`);
        if (language === "en") faults.push(...(await faultsOf(page, async () => undefined)).map((fault) => `${where}: ${fault}`));
        else {
          await page.setViewportSize({ width: 320, height: 640 });
          const wide = await overflow(page);
          if (wide) faults.push(`${where}: ${wide}`);
          faults.push(...(await axeFaults(page)).map((fault) => `${where}: ${fault}`));
          await page.setViewportSize({ width: 1280, height: 900 });
        }
      }
    }
    t.deepEqual(faults, []);
  },
);

async function published(t: ExecutionContext, language: string): Promise<{ host: TestHost; path: string; language: string }> {
  const folder = (id: string) => new URL(id, plugins).pathname;
  const load = async (id: string) => ({ plugin: (await import(`${folder(id)}/plugin.ts`)).default, folder: folder(id) });
  const both = [await load("feeds"), await load("podcast")];
  const host = await createTestHost(t, { plugins: both, blogs: [{ host: "kim.example", language }] });
  const audio = [
    { url: "https://lee.example/one.mp3", type: "audio/mpeg", bytes: 12_345_678, seconds: 3723, title: "Herons at dawn" },
  ];
  const { path } = await host.publish({ title: "Herons", text: "At dawn.", audio, properties: { podcast: said } });
  return { host, path, language };
}
