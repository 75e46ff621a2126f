import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import test, { type ExecutionContext } from "ava";
import type { Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { untilShown } from "./eventually.ts";
import { journey } from "./journey.ts";
import { axeFaults, overflow } from "./look.ts";
import { press, moveIn, signIn } from "./person.ts";
import { startServer } from "./server.ts";

const isThere = existsSync(new URL("../../plugins/bookmarks/plugin.ts", import.meta.url));
if (!isThere) test.skip("a saved page is read and highlighted (plugins/bookmarks is not there)", () => {});

const words = "The heron stood in the water, quite still, and waited for the morning, as it did on every day of that spring.";
const article = `<!doctype html><html lang="en"><head><title>Herons</title></head><body><article><h1>Herons</h1><h2>At dawn</h2>
${`<p>${words}</p>`.repeat(6)}<pre><code>${"let heron = still; ".repeat(12)}</code></pre>
<table><tr><th>Bird</th><th>Seen</th></tr><tr><td>Grey heron</td><td>Twice</td></tr></table><p>The end of <b>all</b> herons.</p></article></body></html>`;

(isThere ? journey : test.skip)(
  "a saved page is read and highlighted, with script by selecting, without by quoting",
  async (t) => {
    const pages = createServer((_request, response) =>
      response.setHeader("content-type", "text/html; charset=utf-8").end(article),
    );
    await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
    t.teardown(() => pages.close());
    const host = `127.0.0.1:${(pages.address() as AddressInfo).port}`;
    const server = await startServer(t, { env: { ROOKERY_FETCH_ALLOW: host } });
    const { page, problems } = await visit(t);
    await moveIn(page, server);
    await page.goto(`${server.url}/admin/plugins/bookmarks`);
    await press(page, "Switch on");

    await page.goto(`${server.url}/bookmarks/new?url=${encodeURIComponent(`http://${host}/herons`)}&title=Herons`);
    await page.getByLabel("Your tags").fill("Birds, reading");
    await press(page, "Save");
    await copyIsThere(page);
    await select(page, "all herons");
    await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("[name=quote]")!.value === "all herons");
    await press(page, "Highlight");
    t.deepEqual(await page.locator("article mark").allTextContents(), ["all", " herons"]);
    await looksRight(t, page, "bookmark-read");

    await page.goto(`${server.url}/bookmarks?tag=birds&q=heron`);
    t.is(await page.getByRole("link", { name: "Herons" }).count(), 1);
    await looksRight(t, page, "bookmarks");
    t.deepEqual(problems, []);

    const plain = await visit(t, { javaScript: false });
    await signIn(plain.page, server);
    await plain.page.goto(`${server.url}/bookmarks`);
    await plain.page.getByRole("link", { name: "Herons" }).click();
    await plain.page.getByLabel("Words to highlight").fill("quite still, and waited");
    await press(plain.page, "Highlight");
    t.is(await plain.page.locator("article mark").first().textContent(), "quite still, and waited");
    await plain.page.goto(`${server.url}/bookmarks/highlights`);
    t.is(await plain.page.locator("blockquote").count(), 2);
  },
);

// The copy is fetched by a job, as soon as the worker looks.
const copyIsThere = (page: Page) => untilShown(page, "[data-quote-from]");

// As a drag over the last of these words would.
function select(page: Page, wanted: string): Promise<void> {
  return page.evaluate((text) => {
    const paragraph = [...document.querySelectorAll("[data-quote-from] p")].at(-1)!;
    const [bold] = paragraph.querySelectorAll("b, strong");
    const range = document.createRange();
    range.setStart(bold!.firstChild!, 0);
    range.setEnd(bold!.nextSibling!, text.length - bold!.textContent!.length);
    document.getSelection()!.removeAllRanges();
    document.getSelection()!.addRange(range);
  }, wanted);
}

async function looksRight(t: ExecutionContext, page: Page, name: string): Promise<void> {
  await shoot(page, name);
  t.deepEqual(await axeFaults(page), [], name);
  await page.setViewportSize({ width: 320, height: 700 });
  t.is(await overflow(page), null, name);
  await page.setViewportSize({ width: 1280, height: 900 });
}
