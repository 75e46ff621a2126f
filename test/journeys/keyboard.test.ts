import type { ExecutionContext } from "ava";
import type { Page } from "playwright-core";
import { openTown } from "../screens/town.ts";
import { visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { choose, enterAt, focusFault, tabTo } from "./keyboard.ts";
import { picture } from "./person.ts";

const posts = "/b/kim.localhost/posts";

async function begin(t: ExecutionContext, width = 1280) {
  const town = await openTown(t);
  const visitor = await visit(t, { width, height: 700 });
  return { town, ...visitor };
}

async function signedIn(t: ExecutionContext, width?: number) {
  const all = await begin(t, width);
  await all.context.addCookies(await all.town.enter(true));
  return all;
}

const at = (page: Page) => new URL(page.url()).pathname + new URL(page.url()).search;
const goes = async (page: Page, keys: readonly string[], to: RegExp) => {
  for (const key of keys) await page.keyboard.press(key);
  await page.waitForURL(to, { timeout: 5_000 }).catch((error: unknown) => {
    throw new Error(`${keys.join(" ")} led to ${page.url()}`, { cause: error });
  });
};

journey("by keyboard alone: sign in, write with a described photo, publish, plan, edit, restore", async (t) => {
  const { town, page, problems } = await begin(t);
  await page.goto(`${town.url}/signin?next=/compose`);
  await page.keyboard.type("kim");
  await tabTo(page, "Password");
  await page.keyboard.type("seven herons in the reeds");
  await Promise.all([page.waitForURL((url) => url.pathname === "/compose"), page.keyboard.press("Enter")]);

  // The cursor stands in the box.
  await page.keyboard.type("Ospreys over the weir.");
  await tabTo(page, /^Add photos/);
  const chooser = await choose(page);
  await chooser.setFiles({ name: "osprey.jpg", mimeType: "image/jpeg", buffer: await picture(300, 200) });
  await page
    .getByLabel(/^Description/)
    .first()
    .waitFor();
  await tabTo(page, /^Description/, "Shift+Tab");
  await page.keyboard.type("An osprey");
  await page.waitForFunction(() => document.querySelectorAll(".photo-rows [name='photo[]']:not(:disabled)").length === 1);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Control+Enter")]);
  await page.getByRole("status").filter({ hasText: "Published" }).waitFor();

  await page.goto(`${town.url}/compose`);
  await page.keyboard.type("Ducks, in spring.");
  await tabTo(page, /^When/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^(Now|Publish now)/);
  for (let choices = 0; choices < 6 && !(await page.getByLabel("Schedule…").isChecked()); choices++)
    await page.keyboard.press("ArrowDown");
  t.true(await page.getByLabel("Schedule…").isChecked());
  await tabTo(page, "Date");
  await page.keyboard.type("03202099");
  await page.keyboard.press("Tab");
  await page.keyboard.type("0900AM");
  await enterAt(page, /^Schedule for/);
  t.regex(await page.locator("main").innerText(), /20 March 2099/);

  await page.goto(town.url + posts);
  await enterAt(page, "Ospreys over the weir.");
  await enterAt(page, "Edit");
  await tabTo(page, "Text");
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Two of them.");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Control+Enter")]);
  await enterAt(page, "All revisions");
  // The newest stands first, the one before it below.
  await tabTo(page, /^\d+ \w+ \d{4} at/);
  await enterAt(page, /^\d+ \w+ \d{4} at/);
  await enterAt(page, "Restore this revision");
  t.notRegex(await page.locator("main").innerText(), /Two of them/);
  t.deepEqual(problems, []);
});

journey("by keyboard alone: a plugin is switched on and another theme chosen", async (t) => {
  const { town, page } = await signedIn(t);
  await page.goto(`${town.url}/admin/plugins/waiter`);
  await enterAt(page, "Switch on");
  t.regex(await page.getByRole("status").first().innerText(), /Waiter is switched on/);
  await page.goto(`${town.url}/b/kim.localhost/design`);
  await enterAt(page, "Try it on Folio");
  await enterAt(page, /^Activate/);
  t.regex(await page.getByRole("status").first().innerText(), /now wears “Folio”/);
});

journey(
  "keys lead to places and along lists; the palette finds, gives the focus back, and letters can be switched off",
  async (t) => {
    const { town, page, problems } = await signedIn(t);
    const open = (path: string) => page.goto(town.url + path);
    for (const [keys, to] of [
      [["g", "p"], /\/posts$/],
      [["g", "m"], /\/media$/],
      [["g", "d"], /\/design$/],
      [["g", "t"], /:\d+\/$/],
      [["n"], /\/compose/],
      [["?"], /\/keys$/],
    ] as const) {
      await open("/more");
      await goes(page, keys, to);
    }

    await open(posts);
    const focusedRow = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    const titles = await page.locator(".row-title").allInnerTexts();
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    t.is(await focusedRow(), titles[1]);
    await page.keyboard.press("k");
    t.is(await focusedRow(), titles[0]);
    await goes(page, ["e"], /\/edit$/);
    await open(posts);
    await goes(page, ["j", "o"], /\/posts\/[0-9A-Z]{26}$/);
    await goes(page, ["e"], /\/edit$/);

    await open(posts);
    await page.keyboard.press("j");
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog");
    await palette.getByRole("link").first().waitFor();
    await page.keyboard.type("sched");
    await palette.locator("li:only-child").getByRole("link", { name: "Schedule" }).waitFor();
    await page.keyboard.press("ArrowDown");
    t.is(await focusedRow(), "Schedule");
    t.is(await focusFault(page), null);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    t.false(await palette.isVisible());
    t.is(await focusedRow(), titles[0]);
    await page.keyboard.press("/");
    await palette.locator("input").fill("herons");
    await palette.getByRole("link", { name: "Herons at dusk." }).waitFor();
    await Promise.all([page.waitForURL(/\/posts\/[0-9A-Z]{26}$/), page.keyboard.press("Enter")]);

    await town.house.storage.write((db) =>
      db.run(`UPDATE accounts SET preferences = '{"letterKeys":false}' WHERE username = 'kim'`),
    );
    await open(posts);
    for (const key of ["n", "g", "p", "?", "j"]) await page.keyboard.press(key);
    t.is(at(page), posts);
    t.is(await page.evaluate(() => document.activeElement === document.body), true);
    await page.keyboard.press("Control+k");
    await palette.waitFor();
    t.deepEqual(problems, []);
  },
);

for (const width of [390, 1280])
  journey(`at ${width} pixels no bar covers what has the focus, and everything shows it`, async (t) => {
    const { town, page } = await signedIn(t, width);
    const faults: string[] = [];
    for (const address of [
      "/compose",
      posts,
      `${posts}/${town.sample.post}/edit`,
      "/account",
      "/b/kim.localhost/settings/plugins/kitchen",
    ]) {
      await page.goto(town.url + address);
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const first = await page.evaluate(
        () => document.querySelectorAll("a[href], button, input, select, textarea, summary").length,
      );
      for (let stops = 0; stops < Math.min(first, 120); stops++) {
        await page.keyboard.press("Tab");
        const fault = await focusFault(page);
        if (fault) faults.push(`${address}: ${fault}`);
      }
      await page.keyboard.press("Shift+Tab");
    }
    t.deepEqual([...new Set(faults)], []);
  });
