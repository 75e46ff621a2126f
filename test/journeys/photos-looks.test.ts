import { existsSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import { storeMedia } from "../../core/media/library.ts";
import { createTestHost, type TestHost } from "../../core/testing/test-host.ts";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { axeFaults, faultsOf, overflow } from "./look.ts";
import { picture } from "./person.ts";
import { cutOnPaper } from "./theme-looks.ts";
import { visibleThemes } from "./theme-pages.ts";

const plugins = new URL("../../plugins/", import.meta.url);
const isThere = existsSync(new URL("photos/plugin.ts", plugins));
if (!isThere) test.skip("photos are shown in every theme (plugins/photos is not there)", () => {});

type Side = { readonly host: TestHost; readonly language: string };

(isThere ? journey : test.skip)(
  "the pages of photos in every theme: for everybody, light and dark, narrow, both ways, on paper, and nothing jumps",
  async (t) => {
    const sides = await Promise.all(["en", "ar"].map((language) => opened(t, language)));
    const { page } = await visit(t);
    const faults: string[] = [];
    for (const theme of visibleThemes) {
      for (const { host, language } of sides) {
        await host.house.storage.write(async (db) => {
          await db.run("UPDATE blogs SET theme = ?", [theme]);
          await host.scope().touch(db, host.blog.id);
        });
        // The names of tests are nowhere: what the page asks for is fetched from the host by hand; pictures never come.
        await page.unrouteAll();
        await page.route(/^http:\/\/kim\.example/, async (route) => {
          const { pathname, search } = new URL(route.request().url());
          if (pathname.startsWith("/media/")) return route.abort();
          const { status, headers, bytes } = await host.get(pathname + search);
          return route.fulfill({ status, headers: { ...headers }, body: Buffer.from(bytes) });
        });
        for (const path of ["/photos", "/photos/collections/herons"]) {
          const where = `${theme}, ${language}, ${path}`;
          await page.goto(`http://kim.example${path}?${theme}`);
          await shoot(page, `photos-${theme}-${language}-${path.length}`);
          if (language === "en" && path === "/photos")
            faults.push(...(await faultsOf(page, async () => undefined)).map((fault) => `${where}: ${fault}`));
          else {
            await page.setViewportSize({ width: 320, height: 640 });
            faults.push(
              ...[await overflow(page), ...(await axeFaults(page))]
                .flatMap((fault) => fault ?? [])
                .map((fault) => `${where}: ${fault}`),
            );
          }
          const flat = await page
            .locator(".photos-grid img")
            .evaluateAll((all) => all.filter((one) => one.clientHeight < 40).length);
          if (flat > 0 || (await page.locator(".photos-grid img").count()) === 0)
            faults.push(`${where}: ${flat} pictures take no room yet`);
          await page.emulateMedia({ media: "print" });
          faults.push(...(await cutOnPaper(page)).map((fault) => `${where}, on paper: ${fault}`));
          await page.emulateMedia({ media: "screen" });
          await page.setViewportSize({ width: 1280, height: 900 });
        }
      }
    }
    t.deepEqual(faults, []);
  },
);

async function opened(t: ExecutionContext, language: string): Promise<Side> {
  const given = await Promise.all(
    ["feeds", "photos"].map(async (id) => {
      const folder = new URL(`${id}/`, plugins).pathname;
      return { plugin: ((await import(`${folder}plugin.ts`)) as { default: never }).default, folder };
    }),
  );
  const host = await createTestHost(t, { plugins: given, blogs: [{ host: "kim.example", language, title: "Kim" }] });
  const stored = await Promise.all(
    [300, 900].map(async (width) =>
      storeMedia(host.scope(), host.house.media, { bytes: await picture(width, 600), name: "a.jpg", alt: `${width} reeds` }),
    ),
  );
  await host.runJobs();
  const photos = stored.map(({ url, alt }) => ({ url, alt }));
  await host.publish({ photos, publishedAt: "2026-03-01T10:00:00Z" });
  await host.publish({ photos: [{ ...photos[0]!, alt: "" }], publishedAt: "2026-04-01T10:00:00Z", text: "Herons ".repeat(40) });
  await host.house.storage.write(async (db) => {
    const value = JSON.stringify({
      name: "Herons".repeat(6),
      former: [],
      photos: photos.map(({ url }) => new URL(url).pathname),
      createdAt: "2026-04-01T10:00:00.000Z",
    });
    await db.run(
      "INSERT INTO plugin_documents (plugin_id, blog_id, collection, id, value, updated_at) VALUES ('photos', ?, 'collections', 'herons', ?, '2026-04-01T10:00:00.000Z')",
      [host.blog.id, value],
    );
  });
  return { host, language };
}
