import { readFileSync } from "node:fs";
import { visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { moveIn } from "./person.ts";
import { startServer } from "./server.ts";

const fixtures = JSON.parse(
  readFileSync(new URL("../../admin/islands/visible-length.fixtures.json", import.meta.url), "utf8"),
) as { text: string; length: number; limit: number }[];

journey(
  "a browser counts what the server counts, and the title comes when the text grows long, without moving anything",
  async (t) => {
    const server = await startServer(t);
    const { page } = await visit(t);
    await moveIn(page, server);
    await page.goto(`${server.url}/compose`);
    const text = page.getByLabel("Text", { exact: true });
    const counter = page.locator("output.counter");
    for (const { text: words, length, limit } of fixtures) {
      await text.fill(words);
      t.is(await counter.innerText(), length > limit ? `${length} – long post` : String(limit - length), words);
    }

    await text.fill("x".repeat(285));
    t.true(await counter.evaluate((one) => one.classList.contains("near")));
    t.false(await page.getByLabel("Title (optional)").isVisible());
    await text.press("End");
    await page.keyboard.type("y".repeat(16));
    t.is(await counter.innerText(), "301 – long post");
    t.false(await counter.evaluate((one) => one.classList.contains("near")));
    t.true(await page.getByLabel("Title (optional)").isVisible());
    t.is(await page.evaluate(() => document.activeElement?.id), "content");
    t.regex(await page.locator("#rk-live").innerText(), /title can be added/);

    await text.fill("short");
    t.false(await page.getByLabel("Title (optional)").isVisible());
    await page.keyboard.press("Alt+t");
    t.is(await page.evaluate(() => document.activeElement?.id), "name");
    await page.keyboard.type("A title");
    await text.fill("still short");
    t.true(await page.getByLabel("Title (optional)").isVisible(), "it stays once it is filled");
  },
);
