import { existsSync, readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { blogUrl, press, moveIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

const real = "/work/shared/fixtures/exchange/wxr/theme-unit-test/themeunittestdata.wordpress.xml";

const item = (id: number, title: string, text: string) => `<item><title>${title}</title>
<link>https://old.example/${id}</link><guid isPermaLink="false">https://old.example/?p=${id}</guid>
<dc:creator>lee</dc:creator><content:encoded><![CDATA[<p>${text}</p>]]></content:encoded><excerpt:encoded></excerpt:encoded>
<wp:post_id>${id}</wp:post_id><wp:post_date>2019-03-0${id} 10:00:00</wp:post_date><wp:post_date_gmt>2019-03-0${id} 09:00:00</wp:post_date_gmt>
<wp:post_name>post-${id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="garden"><![CDATA[Garden]]></category></item>`;
const small = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old garden</title>
<link>https://old.example</link><language>en</language><wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://old.example</wp:base_site_url>
${item(1, "Beans", "The beans are up.")}${item(2, "Snails", "The snails have noticed.")}</channel></rss>`;

async function bringIn(page: Page, server: RunningServer, file: { name: string; buffer: Buffer }): Promise<string> {
  await page.goto(`${server.url}/b/kim.localhost/import`);
  await page.getByLabel("File").setInputFiles({ ...file, mimeType: "text/xml" });
  await press(page, "Upload and look");
  await page.getByRole("heading", { name: "Bring it in" }).waitFor();
  const report = await page.locator("main").innerText();
  await shoot(page, `import-report-${file.name}`);
  await page.getByLabel("Fetch pictures from the old site").uncheck();
  await press(page, "Start the import");
  await page.getByText("Done", { exact: true }).waitFor();
  await shoot(page, `import-done-${file.name}`);
  return report;
}

journey("an export of WordPress is looked at, brought in and undone", async (t) => {
  const server = await startServer(t);
  const { page, problems } = await visit(t);
  await moveIn(page, server);
  await page.goto(`${server.url}/b/kim.localhost/import`);
  await page
    .getByLabel("File")
    .setInputFiles({ name: "cat.xml", mimeType: "text/xml", buffer: Buffer.from("<cat>no export</cat>") });
  await press(page, "Upload and look");
  t.regex(await page.getByRole("alert").innerText(), /cat\.xml/);

  t.regex(await bringIn(page, server, { name: "garden.xml", buffer: Buffer.from(small) }), /posts\s+2/i);
  const run = page.url();
  await page.goto(blogUrl(server));
  t.true(await page.getByText("The snails have noticed.").isVisible());
  await page.goto(run);
  await press(page, "Undo this import");
  await page.getByText("Undone", { exact: true }).waitFor();
  await page.goto(blogUrl(server));
  t.is(await page.getByText("The snails have noticed.").count(), 0);
  t.deepEqual(
    problems.filter((line) => !line.includes("422")),
    [],
  );
});

if (existsSync(real))
  journey("the theme unit test of WordPress comes in whole through the dashboard", async (t) => {
    const server = await startServer(t);
    const { page, problems } = await visit(t);
    await moveIn(page, server);
    await bringIn(page, server, { name: "themeunittestdata.wordpress.xml", buffer: readFileSync(real) });
    await page.goto(blogUrl(server));
    await shoot(page, "theme-unit-test");
    t.true((await page.locator(".h-entry").count()) > 5);
    t.deepEqual(
      problems.filter((line) => !line.includes("ERR_NAME_NOT_RESOLVED")),
      [],
    );
  });
