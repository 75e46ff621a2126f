import { existsSync } from "node:fs";
import test, { type ExecutionContext } from "ava";
import type { Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { get } from "./get.ts";
import { journey } from "./journey.ts";
import { axeFaults, overflow } from "./look.ts";
import { blogUrl, follow, picture, press, moveIn, signIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

const isThere = existsSync(new URL("../../plugins/photos/plugin.ts", import.meta.url));
if (!isThere) test.skip("ten photos are put in order (plugins/photos is not there)", () => {});

const names = ["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

(isThere ? journey : test.skip)(
  "ten photos are described, put in order by keys and by hand, published, and gathered in a collection, with and without script",
  async (t) => {
    const server = await startServer(t);
    const { page, problems } = await visit(t);
    await moveIn(page, server);
    await page.goto(`${server.url}/admin/plugins/photos`);
    await press(page, "Switch on");

    await page.goto(`${server.url}/compose`);
    await page.getByLabel("Add photos").setInputFiles(await files());
    const rows = page.locator(".photo-row");
    await page.waitForFunction(
      () =>
        [...document.querySelectorAll<HTMLInputElement>('.photo-row input[name="photo[]"]')].filter(
          ({ value, disabled }) => value && !disabled,
        ).length === 10,
    );
    for (const [at, name] of names.entries()) await rows.nth(at).locator("textarea").fill(name);
    await moveByKeys(page);
    await moveByHand(page);
    const wanted = ["Two", "One", "Three", "Five", "Four", "Six", "Seven", "Eight", "Ten", "Nine"];
    t.deepEqual(await typed(page), wanted);
    await shoot(page, "photos-composer");
    await page.getByLabel("Text", { exact: true }).fill("Ten herons.");
    await press(page, "Publish");
    await isInOrder(t, page, server, wanted);

    await collection(t, page, server);
    t.deepEqual(problems, []);

    const plain = await visit(t, { javaScript: false });
    await signIn(plain.page, server);
    await withoutScript(t, plain.page, server);
  },
);

async function files() {
  const made = names.map(async (name, at) => ({
    name: `${name}.jpg`,
    mimeType: "image/jpeg",
    buffer: await picture(at % 2 ? 300 : 450, 300, at * 36),
  }));
  return Promise.all(made);
}

// The second before the first, the last before the last but one.
async function moveByKeys(page: Page): Promise<void> {
  const rows = page.locator(".photo-row");
  await rows
    .nth(1)
    .getByRole("button", { name: /^Move up/ })
    .focus();
  await page.keyboard.press("Enter");
  await rows
    .nth(8)
    .getByRole("button", { name: /^Move down/ })
    .focus();
  await page.keyboard.press("Space");
}

// The fifth over the fourth.
async function moveByHand(page: Page): Promise<void> {
  const rows = page.locator(".photo-row");
  await rows.nth(3).scrollIntoViewIfNeeded();
  await rows
    .nth(4)
    .locator(".handle")
    .dragTo(rows.nth(3), { targetPosition: { x: 40, y: 8 } });
}

const typed = (page: Page): Promise<string[]> =>
  page.locator(".photo-row textarea").evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value));

const alts = (page: Page, within: string): Promise<string[]> =>
  page.locator(`${within} img`).evaluateAll((all) => all.map((one) => (one as HTMLImageElement).alt));

async function isInOrder(t: ExecutionContext, page: Page, server: RunningServer, wanted: readonly string[]): Promise<void> {
  await follow(page, "See it on the blog");
  t.deepEqual(await page.locator("img.u-photo").evaluateAll((all) => all.map((one) => (one as HTMLImageElement).alt)), wanted);
  const feed = JSON.parse((await get(server, "/photos/index.json")).text) as { items: { [name: string]: unknown }[] };
  t.deepEqual(
    (feed.items[0]!["_photos"] as { alt: string }[]).map(({ alt }) => alt),
    wanted,
  );
  t.regex(String(feed.items[0]!.image), /\/media\//);
  const html = String(feed.items[0]!.content_html);
  t.deepEqual(
    [...html.matchAll(/alt="(\w+)"/g)].map((match) => match[1]),
    wanted,
  );
  await page.goto(blogUrl(server, "/photos"));
  t.deepEqual((await alts(page, ".photos-grid")).slice(0, 10), wanted);
}

async function collection(t: ExecutionContext, page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.url}/more`);
  await follow(page, "Photo collections");
  await page.getByLabel("Name").fill("Herons");
  await press(page, "Make the collection");
  for (const name of ["Three", "Seven"]) await page.getByRole("checkbox", { name, exact: true }).check();
  await press(page, "Add the chosen");
  await press(page, "Up: Three");
  await shoot(page, "photos-collection-screen");
  t.deepEqual(await axeFaults(page), []);
  await page.setViewportSize({ width: 320, height: 640 });
  t.is(await overflow(page), null);
  await page.setViewportSize({ width: 1280, height: 900 });
  const shortcode = await page.getByLabel("To show it in a post").inputValue();
  await follow(page, "See it on the blog");
  t.deepEqual(await alts(page, ".photos-grid"), ["Three", "Seven"]);

  await page.goto(`${server.url}/compose`);
  await page.getByLabel("Text", { exact: true }).fill(`See:\n\n${shortcode}`);
  await press(page, "Publish");
  await follow(page, "See it on the blog");
  t.deepEqual(await alts(page, ".photos-collection"), ["Three", "Seven"]);
}

async function withoutScript(t: ExecutionContext, page: Page, server: RunningServer): Promise<void> {
  await page.goto(`${server.url}/compose`);
  await page.getByLabel("Text", { exact: true }).fill("Ten more.");
  for (const [at, file] of (await files()).entries()) {
    await page.getByLabel("Add photos").setInputFiles(file);
    await page.getByLabel("Description", { exact: true }).fill(names[at]!);
    await press(page, "Add another photo");
  }
  await press(page, "Move up: Photo 2");
  await press(page, "Move down: Photo 9");
  const wanted = ["Two", "One", ...names.slice(2, 8), "Ten", "Nine"];
  t.deepEqual(await typed(page), wanted);
  await press(page, "Publish");
  await isInOrder(t, page, server, wanted);
  await page.goto(`${server.url}/more`);
  await follow(page, "Photo collections");
  await follow(page, "Herons");
  await press(page, "Down: Three");
  t.deepEqual(await page.locator("#pictures ~ ol .row > span:first-of-type").allInnerTexts(), ["Seven", "Three"]);
}
