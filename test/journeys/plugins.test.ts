import type { ExecutionContext } from "ava";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { blocksOf } from "../docs/markdown.ts";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { blogUrl, follow, press, moveIn } from "./person.ts";
import { write } from "./sample.ts";
import { startServer, type RunningServer } from "./server.ts";

const tutorial = readFileSync(fileURLToPath(new URL("../../docs/plugin-api/tutorial.md", import.meta.url)), "utf8");

/** Drops the plugin of the walk-through into a running installation. */
function drop(server: RunningServer): void {
  for (const { file, text } of blocksOf(tutorial).filter((block) => block.file.startsWith("data/"))) {
    const path = join(server.data, file.replace(/^data\//, ""));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

const quiet = `import { definePlugin } from "rookery/plugin";
export default definePlugin({ id: "quiet", name: "Quiet", description: "Asks for nothing.", version: "1.0.0", api: 1, category: "Tools" });
`;

async function row(page: Page, server: RunningServer, name: string) {
  await page.goto(`${server.url}/admin/plugins`);
  return page.getByRole("listitem").filter({ has: page.getByRole("link", { name, exact: true }) });
}

async function says(t: ExecutionContext, page: Page, words: RegExp): Promise<void> {
  t.regex(await page.getByRole("status").first().innerText(), words);
}

journey("plugins are switched off and on, set, dropped in, and deleted with their data", async (t) => {
  const server = await startServer(t);
  const { page, problems } = await visit(t);
  await moveIn(page, server);
  await write(page, server, { text: "word ".repeat(500), title: "A long walk" });
  const feedLinks = () => page.locator("link[rel=alternate][type='application/rss+xml']").count();

  await page.goto(blogUrl(server));
  t.true((await feedLinks()) > 0);
  await (await row(page, server, "Feeds")).getByRole("button", { name: "Switch off: Feeds" }).click();
  await says(t, page, /Feeds is switched off/);
  await page.goto(blogUrl(server));
  t.is(await feedLinks(), 0);
  await (await row(page, server, "Feeds")).getByRole("link", { name: /^Switch on/ }).click();
  await press(page, "Switch on");
  await says(t, page, /Feeds is switched on/);
  await page.getByLabel("Posts in each feed").fill("7");
  await press(page, "Save");
  t.is(await page.getByLabel("Posts in each feed").inputValue(), "7");
  await page.getByLabel("Posts in each feed").evaluate((input: HTMLInputElement) => (input.max = ""));
  await page.getByLabel("Posts in each feed").fill("5000");
  await press(page, "Save");
  t.is(await page.getByLabel("Posts in each feed").inputValue(), "5000");
  t.regex(await page.getByRole("alert").innerText(), /100/);
  await page.goto(blogUrl(server));
  t.true((await feedLinks()) > 0);

  mkdirSync(join(server.data, "plugins/quiet"), { recursive: true });
  writeFileSync(join(server.data, "plugins/quiet/plugin.ts"), quiet);
  await (await row(page, server, "Quiet")).getByRole("link", { name: /^Switch on/ }).click();
  t.true(await page.getByText("It sees and changes nothing of yours.").isVisible());

  drop(server);
  await (await row(page, server, "Reading time")).getByRole("link", { name: /^Switch on/ }).click();
  t.true(await page.getByText("Read your posts, drafts too.").isVisible());
  await shoot(page, "plugin-consent");
  await press(page, "Switch on");
  await page.goto(blogUrl(server));
  t.true(await page.getByText("3 min to read").isVisible());
  await page.goto(`${server.url}/admin/plugins/reading-time`);
  await page.getByLabel("Words per minute").fill("100");
  await page.getByLabel("What the note says").fill("About {minutes} minutes");
  await press(page, "Save");
  await page.goto(blogUrl(server));
  t.true(await page.getByText("About 5 minutes").isVisible());

  await page.goto(`${server.url}/admin/plugins/reading-time`);
  await press(page, "Switch off");
  await page.goto(blogUrl(server));
  t.is(await page.getByText("About 5 minutes").count(), 0);
  await page.goto(`${server.url}/admin/plugins/reading-time`);
  await page.getByText("Delete its data").first().click();
  await page.getByLabel("Type reading-time to confirm").fill("reading");
  await press(page, "Delete its data");
  t.regex(await page.getByRole("alert").innerText(), /Type reading-time/);
  await page.getByLabel("Type reading-time to confirm").fill("reading-time");
  await press(page, "Delete its data");
  await says(t, page, /Everything that Reading time had stored is deleted/);
  await (await row(page, server, "Reading time")).getByRole("link", { name: "Reading time", exact: true }).click();
  t.is(await page.getByLabel("Words per minute").inputValue(), "220");
  t.deepEqual(
    problems.filter((line) => !line.includes("422")),
    [],
  );
});

journey("a plugin that cannot be loaded says why", async (t) => {
  const server = await startServer(t);
  const { page } = await visit(t);
  await moveIn(page, server);
  const folder = join(server.data, "plugins/half-done");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "plugin.ts"), "export default {\n");
  const broken = await row(page, server, "half-done");
  t.regex(await broken.innerText(), /broken/);
  t.regex(await broken.innerText(), /plugin\.ts/);
  await shoot(page, "plugin-broken");
  await follow(page, "half-done");
  t.regex(await page.locator("main").innerText(), /plugin\.ts/);
  for (const path of ["/admin", "/admin/jobs"]) t.is((await page.goto(server.url + path))?.status(), 200);
  t.true(await page.getByText("Nothing waiting.").isVisible());
});
