import type { ExecutionContext } from "ava";
import type { Locator, Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { faultsOf } from "./look.ts";
import { blogUrl, follow, picture, press, moveIn, signIn } from "./person.ts";
import { startServer, type RunningServer } from "./server.ts";

const text = (page: Page) => page.getByLabel("Text", { exact: true });

async function begin(t: ExecutionContext, view: { width?: number; height?: number; javaScript?: boolean }) {
  const server = await startServer(t);
  const first = await visit(t);
  await moveIn(first.page, server);
  await first.context.close();
  const visitor = await visit(t, view);
  await signIn(visitor.page, server);
  return { server, ...visitor };
}

async function compose(page: Page, server: RunningServer, words: string) {
  await page.goto(`${server.url}/compose`);
  await text(page).fill(words);
}

const alts = (page: Page) =>
  page.locator(".photo-rows textarea").evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value));
const pictureNamed = async (name: string, hue: number) => ({
  name,
  mimeType: "image/jpeg",
  buffer: await picture(600, 400, hue),
});

// By the mouse, as a hand does it: pressed, moved a little, moved on, let go past the middle of the other row.
async function drag(page: Page, handle: Locator, onto: Locator): Promise<void> {
  await page.setViewportSize({ width: 1280, height: 1900 });
  const [from, to] = [(await handle.boundingBox())!, (await onto.boundingBox())!];
  await page.mouse.move(from.x + 8, from.y + 30);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 60, { steps: 5 });
  await page.mouse.move(to.x + 200, to.y + to.height - 12, { steps: 8 });
  await page.mouse.up();
}

journey(
  "a writer's week at a desk: note, article, four photos in order, a plan, an edit, an old text back, delete and undo",
  async (t) => {
    const { server, page, problems } = await begin(t, { width: 1280 });

    // Monday: a note, taken back at once, and sent again.
    await compose(page, server, "The heron is back.");
    await press(page, "Publish");
    await page.getByRole("status").filter({ hasText: "Published." }).waitFor();
    await press(page, "Undo");
    t.is(await text(page).inputValue(), "The heron is back.");
    await press(page, "Publish");

    // Tuesday: an article, seen in the blog's own theme before it is stored.
    await compose(page, server, "Measured every morning, with a stick and a pencil. ".repeat(8));
    await page.getByLabel(/^Title/).fill("Water levels");
    await page.locator("[data-do=preview]").click();
    const frame = page.frameLocator("#live-preview iframe");
    await frame.getByRole("heading", { name: "Water levels" }).first().waitFor();
    await shoot(page, "week-preview");
    await press(page, "Publish");

    // Wednesday: four photos, described while they go up, then put in order.
    await compose(page, server, "Four evenings.");
    const files = await Promise.all(["one", "two", "three", "four"].map((name, at) => pictureNamed(`${name}.jpg`, at * 80)));
    await page.getByLabel("Add photos").setInputFiles(files);
    const rows = page.locator(".photo-rows > li");
    for (const [at, words] of ["First", "Second", "Third", "Fourth"].entries())
      await rows.nth(at).locator("textarea").fill(words);
    await page.waitForFunction(() => document.querySelectorAll(".photo-rows [name='photo[]']:not(:disabled)").length === 4);
    await rows
      .nth(3)
      .getByRole("button", { name: /^Move up/ })
      .click();
    t.deepEqual(await alts(page), ["First", "Second", "Fourth", "Third"]);
    await drag(page, rows.nth(0).locator(".handle"), rows.nth(2));
    t.deepEqual(await alts(page), ["Second", "Fourth", "First", "Third"]);
    await rows
      .nth(3)
      .getByLabel(/Decorative/)
      .check();
    await shoot(page, "week-photos");
    t.deepEqual(await faultsOf(page, (kind) => shoot(page, `week-photos-${kind}`)), []);
    await page.setViewportSize({ width: 1280, height: 900 });
    await press(page, "Publish");
    await page.goto(blogUrl(server));
    t.deepEqual(
      await page
        .locator(".h-entry")
        .first()
        .locator("img.u-photo")
        .evaluateAll((all) => all.map((one) => one.getAttribute("alt"))),
      ["Second", "Fourth", "First", ""],
    );

    // Thursday: a plan for spring, in words.
    await compose(page, server, "Spring, perhaps.");
    await page.locator("#when summary").click();
    await page.getByLabel("Schedule…").check();
    await page.getByLabel("Date", { exact: true }).fill("2099-03-29T02:30");
    await page.getByText("The clocks skip the time you chose, so it is 03:30.").waitFor();
    await press(page, "Schedule for 03:30");
    await page.goto(`${server.url}/b/${new URL(blogUrl(server)).hostname}/schedule`);
    await shoot(page, "week-schedule");
    t.deepEqual(await faultsOf(page, (kind) => shoot(page, `week-schedule-${kind}`)), []);
    await page.setViewportSize({ width: 1280, height: 900 });
    await press(page, /A day later/);
    await page.getByText("30 March 2099").first().waitFor();

    // Friday: an edit, and the old text back.
    await page.goto(`${server.url}/b/${new URL(blogUrl(server)).hostname}/posts?q=heron`);
    await follow(page, "The heron is back.");
    await follow(page, "Edit");
    await text(page).fill("The heron is gone.");
    await press(page, "Update");
    await follow(page, "All revisions");
    await page.locator(".rows a").last().click();
    await page.locator("del").first().waitFor();
    await shoot(page, "week-revision");
    t.deepEqual(await faultsOf(page, (kind) => shoot(page, `week-revision-${kind}`)), []);
    await page.setViewportSize({ width: 1280, height: 900 });
    await press(page, "Restore this revision");

    // Saturday: deleted, and not.
    await press(page, "Delete");
    await press(page, "Undo");
    await page.goto(blogUrl(server));
    t.regex(await page.locator("body").innerText(), /The heron is back\./);
    await page.goto(`${server.url}/b/${new URL(blogUrl(server)).hostname}/posts`);
    await shoot(page, "week-posts");
    t.deepEqual(await faultsOf(page, (kind) => shoot(page, `week-posts-${kind}`)), []);
    t.deepEqual(problems, []);
  },
);

journey(
  "a writer's week on a telephone without script: note, photos with descriptions in order, a plan, an edit, an old text back, delete and undo",
  async (t) => {
    const { server, page, problems } = await begin(t, { width: 390, height: 844, javaScript: false });
    const host = new URL(blogUrl(server)).hostname;

    await compose(page, server, "The heron is back.");
    await press(page, "Publish");
    await press(page, "Undo");
    t.is(await text(page).inputValue(), "The heron is back.");
    await press(page, "Publish");

    await compose(page, server, "Two evenings.");
    for (const [at, name] of ["one", "two"].entries()) {
      await page.getByLabel("Add photos").setInputFiles(await pictureNamed(`${name}.jpg`, at * 90));
      await page.locator("#alt-new").fill(`Evening ${name}`);
      await press(page, "Add another photo");
    }
    await press(page, "Move up: Photo 2");
    t.deepEqual(await alts(page), ["Evening two", "Evening one", ""].slice(0, 2));
    await shoot(page, "week-plain-photos");
    await press(page, "Publish");
    await page.goto(blogUrl(server));
    t.is(await page.locator("img.u-photo").first().getAttribute("alt"), "Evening two");

    await compose(page, server, "Spring, perhaps.");
    await page.locator("#when summary").click();
    await page.getByLabel("Date", { exact: true }).fill("2099-03-20T09:00");
    await press(page, "Publish");
    await page.goto(`${server.url}/b/${host}/schedule`);
    await press(page, /A day later/);
    t.regex(await page.locator("main").innerText(), /21 March 2099/);

    await page.goto(`${server.url}/b/${host}/posts?q=heron`);
    await follow(page, "The heron is back.");
    await follow(page, "Edit");
    await text(page).fill("The heron is gone.");
    await press(page, "Update");
    await follow(page, "All revisions");
    await Promise.all([page.waitForNavigation(), page.locator(".rows a").last().click()]);
    await press(page, "Restore this revision");
    await press(page, "Delete");
    await press(page, "Undo");
    await page.goto(blogUrl(server));
    t.regex(await page.locator("body").innerText(), /The heron is back\./);
    t.deepEqual(problems, []);
  },
);
