import type { Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { eventually } from "./eventually.ts";
import { get } from "./get.ts";
import { journey } from "./journey.ts";
import { press, moveIn, signIn } from "./person.ts";
import { startServer } from "./server.ts";

const text = (page: Page) => page.getByLabel("Text", { exact: true });
const state = (page: Page, words: string | RegExp) =>
  page.locator(".state output").filter({ hasText: words }).waitFor({ state: "visible" });

// What was typed is on this device a moment later; a crash before that is one that nobody could survive.
const noted = (page: Page, words: string) =>
  eventually(`“${words}” is in the journal`, async () => (await kept(page)).includes(words));

// The texts of the journal on this device.
function kept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error!));
      });
    const opening = indexedDB.open("rookery", 1);
    opening.addEventListener("upgradeneeded", () => opening.result.createObjectStore("drafts", { keyPath: "page" }));
    const database = await answer(opening);
    const all = await answer(database.transaction("drafts").objectStore("drafts").getAll());
    database.close();
    return (all as { fields: { content?: string[] } }[]).map(({ fields }) => fields.content?.[0] ?? "");
  });
}

journey("a server that dies while it saves, before or after it stored the words, loses none and doubles none", async (t) => {
  const first = await startServer(t);
  const { page } = await visit(t);
  await moveIn(page, first);
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
  t.is(await page.getByRole("link", { name: "Typed as the server fell", exact: true }).count(), 1);
});

journey("words typed offline in a tab that is then closed are offered again, and published", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await moveIn(page, server);
  await page.goto(`${server.url}/compose`);
  await context.setOffline(true);
  await text(page).pressSequentially("Typed in a tunnel");
  await state(page, "Saved on this device – will sync");
  await page.close();

  await context.setOffline(false);
  const later = await context.newPage();
  const missing: string[] = [];
  later.on("response", (answer) => void (answer.status() >= 400 && missing.push(answer.url())));
  await later.goto(`${server.url}/compose`);
  const restore = later.getByRole("button", { name: /^Restore 17 characters typed at \d/ });
  await restore.waitFor();
  t.is(await text(later).inputValue(), "", "nothing is restored silently");
  t.deepEqual(missing, [], "what was never sent is no error in the console");
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
  await moveIn(page, server);
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
  await moveIn(page, server);
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
  await moveIn(page, server);
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

journey("signing out asks about text that the server does not have, and takes what this device kept along", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await moveIn(page, server);
  await page.goto(`${server.url}/compose`);
  await page.route("**/drafts/*", (route) => route.abort());
  await text(page).fill("Only on this device.");
  await state(page, "will sync");
  await page.getByText("Kim", { exact: true }).click();
  const asked = page.waitForEvent("dialog");
  await page.getByRole("button", { name: "Sign out" }).click();
  const question = await asked;
  t.regex(question.message(), /text or a recording that the server does not have/);
  await question.dismiss();
  t.is(await text(page).inputValue(), "Only on this device.");

  page.once("dialog", (dialog) => void dialog.accept());
  await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Sign out" }).click()]);
  const later = await context.newPage();
  await later.goto(`${server.url}/signin`);
  t.deepEqual(await kept(later), []);
});

journey("the toolbar, its keys, pastes and lists write Markdown that undo takes back", async (t) => {
  const server = await startServer(t);
  const { page, context } = await visit(t);
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
  await moveIn(page, server);
  await page.goto(`${server.url}/compose`);
  const value = () => text(page).inputValue();
  await text(page).pressSequentially("heron");
  await page.keyboard.press("Control+a");
  await page.getByRole("button", { name: /^Bold/ }).click();
  t.is(await value(), "**heron**");
  await page.getByRole("button", { name: /^Bold/ }).click();
  t.is(await value(), "heron");
  await page.keyboard.press("Control+i");
  t.is(await value(), "*heron*");
  await page.keyboard.press("Control+z");
  t.is(await value(), "heron");

  await page.keyboard.press("Control+a");
  await copy(page, { "text/plain": "https://heron.example/" });
  await page.keyboard.press("Control+v");
  t.is(await value(), "[heron](https://heron.example/)");

  await text(page).fill("");
  await text(page).pressSequentially("- one\ntwo\n\nend");
  t.is(await value(), "- one\n- two\nend");
  await page.keyboard.press("Control+]");
  t.is(await value(), "- one\n- two\n  end");

  await text(page).fill("");
  await copy(page, { "text/plain": "A wet bird", "text/html": "<p>A <b>wet</b> bird</p>" });
  await page.keyboard.press("Control+v");
  t.is(await value(), "A wet bird");
  await page.getByRole("button", { name: "Keep formatting" }).click();
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("#content")!.value === "A **wet** bird");
  await text(page).focus();
  await page.keyboard.press("Control+z");
  t.is(await value(), "A wet bird");

  await text(page).fill("");
  await copy(page, { "text/plain": "Bird\tSeen\nHeron\t3", "text/html": "<table><tr><td>Bird</td></tr></table>" });
  await page.keyboard.press("Control+v");
  t.is(await value(), "| Bird | Seen |\n| --- | --- |\n| Heron | 3 |\n");

  await text(page).fill("");
  await text(page).pressSequentially("Hello @ki");
  await page.getByRole("option", { name: /Kim/ }).waitFor();
  t.is(await text(page).getAttribute("aria-activedescendant"), "people-here-0");
  await shoot(page, "people");
  await page.keyboard.press("Enter");
  t.is(await value(), "Hello @kim ");
});

journey("the toolbar is one stop of the Tab key, and the text traps nobody", async (t) => {
  const server = await startServer(t);
  const { page } = await visit(t);
  await moveIn(page, server);
  await page.goto(`${server.url}/compose`);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-do") ?? document.activeElement?.id);
  await text(page).focus();
  await page.keyboard.press("Shift+Tab");
  t.is(await focused(), "bold");
  await page.keyboard.press("ArrowRight");
  t.is(await focused(), "italic");
  await page.keyboard.press("End");
  t.is(await focused(), "preview");
  await page.keyboard.press("ArrowRight");
  t.is(await focused(), "bold");
  await page.keyboard.press("Tab");
  t.is(await focused(), "content");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Escape");
  t.is(await focused(), "content");
  await page.keyboard.press("Tab");
  t.not(await focused(), "content");
});

async function copy(page: Page, what: Readonly<Record<string, string>>): Promise<void> {
  await page.evaluate(async (what) => {
    const blobs = Object.entries(what).map(([type, text]) => [type, new Blob([text], { type })] as const);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
  }, what);
}
