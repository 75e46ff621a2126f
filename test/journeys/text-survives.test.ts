import type { Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { get } from "./get.ts";
import { journey } from "./journey.ts";
import { press, setUp, signIn } from "./person.ts";
import { startServer } from "./server.ts";

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const state = (page: Page, words: string | RegExp) =>
  page.locator(".state output").filter({ hasText: words }).waitFor({ state: "visible" });

// What was typed is on this device a moment later; a crash before that is one that nobody could survive.
async function noted(page: Page, words: string): Promise<void> {
  await page.waitForFunction(async (words) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open("rookery", 1);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
      request.onupgradeneeded = () => request.transaction!.abort();
    }).catch(() => null);
    if (!database) return false;
    const all = await new Promise<{ fields: { content?: string[] } }[]>((resolve) => {
      const request = database.transaction("drafts").objectStore("drafts").getAll();
      request.onsuccess = () => resolve(request.result as { fields: { content?: string[] } }[]);
    });
    database.close();
    return all.some(({ fields }) => fields.content?.[0] === words);
  }, words);
}

journey("a server that dies while it saves, before or after it stored the words, loses none and doubles none", async (t) => {
  const first = await startServer(t);
  const { page } = await visit(t);
  await setUp(page, first);
  await page.goto(`${first.url}/compose`);
  await page.route(
    "**/drafts/*",
    async (route) => {
      await first.stop("SIGKILL");
      await route.continue();
    },
    { times: 1 },
  );
  await text(page).fill("Typed as the server fell");
  await state(page, "Saved on this device – will sync");
  await shoot(page, "saving-offline");

  const second = await startServer(t, { data: first.data, port: first.port });
  // This time it has stored them, and nobody heard of it.
  await page.route(
    "**/drafts/*",
    async (route) => {
      await route.fetch();
      await second.stop("SIGKILL");
      await route.abort();
    },
    { times: 1 },
  );
  await page.keyboard.press("Control+s");
  await state(page, "will sync");
  const third = await startServer(t, { data: first.data, port: first.port });
  await page.keyboard.press("Control+s");
  await state(page, /^Saved \d/);
  await page.goto(`${third.url}/b/kim.localhost/posts?tab=drafts`);
  t.is(await page.getByRole("link", { name: "Typed as the server fell" }).count(), 1);
});

journey("words typed offline in a tab that is then closed are offered again, and published", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await setUp(page, server);
  await page.goto(`${server.url}/compose`);
  await context.setOffline(true);
  await text(page).pressSequentially("Typed in a tunnel");
  await state(page, "Saved on this device – will sync");
  await page.close();

  await context.setOffline(false);
  const later = await context.newPage();
  await later.goto(`${server.url}/compose`);
  const restore = later.getByRole("button", { name: /^Restore 17 characters typed at \d/ });
  await restore.waitFor();
  t.is(await text(later).inputValue(), "", "nothing is restored silently");
  await later.getByText("Look at it first").click();
  t.true(await later.getByText("Typed in a tunnel").isVisible());
  await shoot(later, "restore");
  await Promise.all([later.waitForNavigation(), restore.click()]);
  t.is(await text(later).inputValue(), "Typed in a tunnel");
  await state(later, /^Saved \d/);
  await press(later, "Publish");
  t.regex((await get(server, "/")).text, /Typed in a tunnel/);

  await later.goto(`${server.url}/compose`);
  t.is(await later.getByRole("button", { name: /^Restore/ }).count(), 0);
});

journey("words of a tab that crashed are offered again; what the server had is in the drafts", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await setUp(page, server);
  await page.goto(`${server.url}/compose`);
  await text(page).fill("The server has this.");
  await state(page, /^Saved \d/);
  t.regex(page.url(), /\/posts\/\w+\/edit$/);
  await page.route("**/drafts/*", (route) => route.abort());
  await text(page).fill("The server has this. Not this.");
  await noted(page, "The server has this. Not this.");
  const edit = page.url();
  const debug = await context.newCDPSession(page);
  const crashed = new Promise((resolve) => page.once("crash", resolve));
  void debug.send("Page.crash").catch(() => undefined);
  await crashed;

  const later = await context.newPage();
  await later.goto(edit);
  t.is(await text(later).inputValue(), "The server has this.");
  await Promise.all([later.waitForNavigation(), later.getByRole("button", { name: /^Restore 30 characters/ }).click()]);
  t.is(await text(later).inputValue(), "The server has this. Not this.");
  await state(later, /^Saved \d/);
});

journey("who is signed out elsewhere reads so, signs in in another tab, and saving goes on", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await setUp(page, server);
  await page.goto(`${server.url}/compose`);
  await text(page).fill("Before.");
  await state(page, /^Saved \d/);
  const cookies = await context.cookies();
  await context.clearCookies();
  await text(page).fill("Before. And after.");
  await state(page, "You’re signed out. Your text is safe here.");
  await shoot(page, "signed-out-typing");
  t.true(await page.getByRole("link", { name: "Sign in in a new tab" }).isVisible());
  t.is(await text(page).inputValue(), "Before. And after.");

  const other = await context.newPage();
  await signIn(other, server);
  t.true(cookies.length > 0);
  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await state(page, /^Saved \d/);
});

journey("of two tabs that edit one draft the second sees both texts side by side, and keeps its own", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await setUp(page, server);
  await page.goto(`${server.url}/compose`);
  await text(page).fill("A heron stood in the river.");
  await state(page, /^Saved \d/);
  const edit = page.url();
  const other = await context.newPage();
  await other.goto(edit);
  await text(other).fill("A heron stood in the reeds.");
  await state(other, /^Saved \d/);

  await text(page).fill("Two herons stood in the river.");
  await state(page, "Changed on another device");
  const panel = page.getByRole("region", { name: "Changed on another device" });
  await panel.waitFor();
  t.is(await panel.locator("mark").filter({ hasText: "reeds" }).count(), 1);
  t.is(await text(page).inputValue(), "Two herons stood in the river.");
  t.is(await page.evaluate(() => document.activeElement?.id), "content");
  await shoot(page, "conflict-panel");
  await press(page, "Keep mine");
  t.is(await text(page).inputValue(), "Two herons stood in the river.");
  await page.reload();
  t.is(await text(page).inputValue(), "Two herons stood in the river.");
});
