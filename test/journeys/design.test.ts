import type { ExecutionContext } from "ava";
import type { Page } from "playwright-core";
import { shoot, visit, type Visitor } from "./browser.ts";
import { journey } from "./journey.ts";
import { faultsOf } from "./look.ts";
import { blogUrl, follow, press, moveIn, signIn } from "./person.ts";
import { everyKind, write } from "./sample.ts";
import { startServer } from "./server.ts";

const design = "/b/kim.localhost/design";
const footer = `${design}/code?file=perch/partials/footer.njk`;
// Sound for every sample page, too much for this blog alone: what a checker cannot know.
const endless =
  '{% if blog.title == "Kim by the river" %}{% for a in range(1000) %}{% for b in range(1000) %}{{ a * b }}{% endfor %}{% endfor %}{% endif %}';
const own = (words: string) => `<footer class="site"><p>${words}</p>{{ slot("footer") }}</footer>\n`;

async function isSound(t: ExecutionContext, { page, problems }: Visitor, name: string): Promise<void> {
  t.deepEqual(await faultsOf(page, (kind) => shoot(page, `design-${name}-${kind}`)), [], name);
  await page.setViewportSize({ width: 1280, height: 900 });
  // The browser calls a form that came back with its errors, and a page of the blog that is not there, failed loads.
  t.deepEqual(
    problems.filter((problem) => !/status of (4\d\d)/.test(problem)),
    [],
    name,
  );
}

/** Puts a text into the editor, as somebody who selects all and pastes. */
async function type(page: Page, text: string): Promise<void> {
  await page.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  // Typed over a selection, Chromium would keep its look in a style attribute, which the policy stops with a line in the console.
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

const inFrame = (page: Page, words: string) => page.frameLocator("iframe").getByText(words).first();

journey("a theme author's afternoon: set, try on, change a template, break it, mend it, go back", async (t) => {
  const server = await startServer(t);
  const visitor = await visit(t);
  const { page } = visitor;
  const reader = await visit(t);
  await moveIn(page, server);
  for (const typed of everyKind) await write(page, server, typed);

  await page.goto(server.url + design);
  await inFrame(page, "Kim by the river").waitFor();
  await isSound(t, visitor, "settings");
  await page.locator("summary", { hasText: "For every theme" }).click();
  await page.getByLabel("Words at the foot of every page").fill("Made by the river");
  await inFrame(page, "Made by the river").waitFor();
  await page.getByLabel("Page", { exact: true }).selectOption({ label: "A long post" });
  await inFrame(page, "How I read them").waitFor();
  await page.getByLabel("Phone").check();
  t.is((await page.locator("iframe").boundingBox())?.width, 390);
  await reader.page.goto(blogUrl(server));
  t.false(await reader.page.getByText("Made by the river").isVisible());
  await press(page, "Save");
  await reader.page.reload();
  t.true(await reader.page.getByText("Made by the river").isVisible());

  await follow(page, /Try it on Folio/);
  await inFrame(page, "Kim by the river").waitFor();
  await isSound(t, visitor, "trying");
  await follow(page, "Keep the theme I have");

  await follow(page, "Own CSS");
  await page.locator(".cm-content").waitFor();
  await isSound(t, visitor, "css");
  await type(page, "main {\n  outline: 3px solid teal;\n");
  await page.keyboard.press("Control+Enter");
  await page.getByRole("link", { name: "Line 1" }).click();
  await type(page, "main { outline: 3px solid teal; }");
  await press(page, "Save");

  await page.goto(`${server.url}${design}/code`);
  await isSound(t, visitor, "templates");
  await page.goto(server.url + footer);
  await isSound(t, visitor, "read-only");
  await press(page, "Copy to change");
  await page.locator(".cm-content").waitFor();
  await isSound(t, visitor, "template");

  await type(page, own("Mine {{ frob() }}"));
  await page.keyboard.press("Control+Enter");
  await page.getByText("There is no function frob()").waitFor();
  await isSound(t, visitor, "template-wrong");
  await type(page, "<p>{{ blog.ti");
  await page.keyboard.press("Control+Space");
  await page.locator(".cm-tooltip-autocomplete").getByText("blog.title").waitFor();
  await isSound(t, visitor, "completion");
  await page.keyboard.press("Escape");
  await type(page, own("Mine now"));
  await page.getByRole("button", { name: "Show" }).click();
  await inFrame(page, "Mine now").waitFor();
  await press(page, "Save");
  await reader.page.reload();
  t.true(await reader.page.getByText("Mine now").isVisible());

  // It breaks in a way that only this blog shows: readers go on, its owner is told, and at last it is switched off.
  await type(page, own("Broken") + endless);
  await press(page, "Save");
  const first = await reader.page.goto(blogUrl(server));
  t.deepEqual([first?.status(), first?.headers()["x-rk-template-fallback"]], [200, "1"]);
  await page.goto(server.url + footer);
  await page.getByText(/theme’s own page instead|was switched off/).waitFor();
  await isSound(t, visitor, "fell-back");
  for (const path of ["/", "/?again", "/archive"]) {
    const answer = await reader.page.goto(blogUrl(server, path));
    t.is(answer?.status(), 200, path);
    t.false(await reader.page.getByText("Broken").isVisible(), path);
  }
  await page.goto(server.url + design);
  await page.getByText(/failed three times and was switched off/).waitFor();
  await isSound(t, visitor, "switched-off");
  await follow(page, "Look at it");

  await type(page, own("Mended"));
  await press(page, "Activate");
  await reader.page.goto(blogUrl(server));
  t.true(await reader.page.getByText("Mended").isVisible());
  await follow(page, "Compare with the theme");
  await isSound(t, visitor, "compare");
  await page.goBack();
  await follow(page, "History");
  await follow(page, "Save 2");
  await isSound(t, visitor, "template-history");
  await press(page, "Restore this save");
  await reader.page.reload();
  t.true(await reader.page.getByText("Mine now").isVisible());

  await page.goto(`${server.url}${design}/code`);
  await page.locator("summary", { hasText: "Undo all my changes" }).click();
  await press(page, "Undo all my changes");
  await page.getByText("You have changed nothing").waitFor();
  await reader.page.reload();
  t.false(await reader.page.getByText("Mine now").isVisible());
  await page.goto(`${server.url}${design}/history`);
  await isSound(t, visitor, "history");
});

journey("the same without script: settings, a template with its mistake, and the way back", async (t) => {
  const server = await startServer(t);
  const scripted = await visit(t);
  await moveIn(scripted.page, server);
  await write(scripted.page, server, everyKind[0]!);
  const visitor = await visit(t, { javaScript: false, width: 390, height: 844 });
  const { page } = visitor;
  await signIn(page, server);

  await page.goto(server.url + design);
  await page.locator("summary", { hasText: "For every theme" }).click();
  await page.getByLabel("Words at the foot of every page").fill("Made by hand");
  await press(page, "Show");
  await inFrame(page, "Made by hand").waitFor();
  await page.locator("summary", { hasText: "For every theme" }).click();
  await page.getByLabel("Accent colour", { exact: true }).fill("greenish");
  await press(page, "Save");
  await page.getByRole("link", { name: "Accent colour must be a colour such as #1f5fbf." }).waitFor();
  await page.getByLabel("Accent colour", { exact: true }).fill("#1d6b3a");
  t.is(await page.getByLabel("Words at the foot of every page").inputValue(), "Made by hand");
  await press(page, "Save");

  await page.goto(server.url + footer);
  await press(page, "Copy to change");
  await page.getByLabel(/Text of/).fill(own("Mine {{ frob() }}"));
  await press(page, "Check");
  await page.getByText("There is no function frob()").waitFor();
  await page.getByLabel(/Text of/).fill(own("Mine now"));
  await press(page, "Show");
  await inFrame(page, "Mine now").waitFor();
  await press(page, "Save");
  await page.goto(blogUrl(server));
  t.true(await page.getByText("Mine now").isVisible());
  await page.goto(server.url + footer);
  await press(page, "Revert to theme");
  await page.goto(blogUrl(server));
  t.false(await page.getByText("Mine now").isVisible());
});
