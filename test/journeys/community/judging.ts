import type { Page } from "playwright-core";
import { eventually } from "../eventually.ts";
import { follow, press } from "../person.ts";
import { choose, said, until, untilSaid, untilTold } from "./talking.ts";
import type { Look, Town } from "./town.ts";

/** A reply is reported, hidden with a warning, appealed about, and shown again by another moderator. */
export async function judge(town: Town, look: Look): Promise<void> {
  const { t, server } = town;
  const [eva, lee, mia, max] = [await town.of("eva"), await town.of("lee"), await town.of("mia"), await town.of("max")];
  const words = "So is the old heron.";
  const talk = await conversationOf(town, eva, "The ferry is late");
  // Visitors' forms are taken three seconds after they were made: sooner it was a program. So this one is opened first.
  const visitor = await town.visitor();
  await visitor.goto(server.url + talk);
  await choose(visitor, said(visitor, words), "Report");
  const opened = Date.now();
  await visitor.getByLabel("Insults or harassment").check();

  await eva.goto(server.url + talk);
  await choose(eva, said(eva, words), "Report");
  await look(eva, "report");
  await eva.getByLabel("Spam or advertising").check();
  await eva.getByLabel("In your words").fill("Herons are not old.");
  await press(eva, "Send the report");
  await eva.getByText("The report arrived.").waitFor();
  await eventually("three seconds are over", () => Date.now() - opened > 3_100);
  await press(visitor, "Send the report");
  await visitor.getByText("The report arrived.").waitFor();

  await untilTold(mia, server.url, /Somebody reported/);
  await mia.goto(`${server.url}/admin/moderation`);
  await look(mia, "queue");
  await byKeys(town, mia, `Lee: ${words}`);
  await follow(mia, `Lee: ${words}`);
  t.is(await mia.locator("section[aria-labelledby=reports] .row").count(), 2);
  await look(mia, "case");
  await mia.getByLabel("Hide the post or reply").check();
  await mia.getByLabel("Warn", { exact: false }).check();
  await mia.getByLabel("What the person is told").fill("Herons have feelings.");
  await mia.getByLabel("Close the report").check();
  await press(mia, "Apply");
  await mia.getByRole("status").filter({ hasText: "Done" }).waitFor();
  const count = (page: Page) => page.getByText(words).count();
  await until(eva, server.url + talk, async () => (await count(eva)) === 0, "the reply is hidden");
  const post = await said(eva, "The ferry is late").locator("a:has(time)").getAttribute("href");
  await until(visitor, post!, async () => (await count(visitor)) === 0, "the blog hides it too");

  await untilTold(lee, server.url, /What you wrote was hidden/);
  await follow(lee, /What you wrote was hidden/);
  t.true(await lee.getByText("Herons have feelings.").isVisible());
  await look(lee, "appeal");
  await lee.getByLabel(/^What should be looked at again/).fill("It said so itself.");
  await press(lee, "Send the appeal");
  await lee.getByText("Nobody has decided about it yet.").waitFor();

  await untilTold(max, server.url, /Somebody appeals/);
  await follow(max, /Somebody appeals/);
  await look(max, "one-appeal");
  await max.getByLabel("Your answer").fill("It did, then.");
  await press(max, "Grant it: take the decision back");
  await max.getByRole("status").filter({ hasText: "Granted." }).waitFor();
  await untilSaid(eva, server.url + talk, words);
  await until(visitor, post!, async () => (await count(visitor)) > 0, "the blog shows it again");
  await untilTold(lee, server.url, /Your appeal was granted/);
  await untilTold(eva, server.url, /You reported/);
}

/** Single keys in the queue: along the rows, a tick that is said, what the keys are, and to the form of what is done. */
async function byKeys({ t }: Town, page: Page, title: string): Promise<void> {
  const press = (key: string) => page.keyboard.press(key);
  const live = page.locator("#rk-live");
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await press("j");
  await page.waitForFunction(() => document.activeElement?.matches(".row-title"));
  await press("x");
  await live.filter({ hasText: `Chosen: ${title}` }).waitFor({ state: "attached" });
  t.true(await page.locator("input[name=case]").first().isChecked());
  await press("x");
  await live.filter({ hasText: "No longer chosen" }).waitFor({ state: "attached" });
  await press("Shift+?");
  const help = page.getByRole("dialog", { name: "Keys of this page" });
  await help.waitFor();
  t.regex(await help.innerText(), /a\s+For all that are ticked\s+x\s+Choose, or choose no longer\s+j\s/);
  await press("Escape");
  await help.waitFor({ state: "detached" });
  await press("a");
  await page.waitForFunction(() => document.activeElement?.id === "act");
  await press("x");
  t.false(await page.locator("input[name=case]").first().isChecked(), "letters are letters where one chooses or types");
}

/** Tom is suspended: what he said is nowhere, and a mail tells him why. It is taken back, and all of it is there again. */
export async function suspend(town: Town): Promise<void> {
  const { t, server } = town;
  const [mia, eva, tom, kim] = [await town.of("mia"), await town.of("eva"), await town.of("tom"), await town.of("kim")];
  const words = "My boat is for sale.";
  const shelf = `${server.url}/discover`;
  const own = `${server.url}/people/tom`;
  const isGone = (page: Page) => async () => (await page.getByText(words).count()) === 0;
  await untilSaid(eva, `${server.url}/timeline`, words);
  await until(eva, shelf, async () => !(await isGone(eva)()), "it is in Discover");

  await mia.goto(own);
  await choose(mia, said(mia, words), "Moderate");
  await mia.getByLabel("Suspend", { exact: false }).first().check();
  await mia.getByLabel("What the person is told").fill("No boats here.");
  await press(mia, "Apply");
  await mia.getByRole("status").filter({ hasText: "Done" }).waitFor();
  t.regex(mia.url(), /about\?person=/, "where it can be taken back");
  for (const url of [`${server.url}/timeline`, shelf]) await until(eva, url, isGone(eva), `${url} shows nothing of Tom`);
  await eventually("Tom's page is gone", async () => (await eva.request.get(own)).status() === 404);
  await tom.goto(`${server.url}/notifications`);
  t.regex(tom.url(), /\/signin/);

  // There is no mail server, so the admin hands the mail over.
  await until(
    kim,
    `${server.url}/admin/mail`,
    async () => (await kim.getByText("Your account was suspended").count()) > 0,
    "a mail",
  );
  await follow(kim, "Your account was suspended");
  const link = await kim.locator("pre a").first().getAttribute("href");
  await tom.goto(link!);
  t.true(await tom.getByText("No boats here.").isVisible());

  await press(mia, /^Take back/);
  await mia.getByRole("status").filter({ hasText: "Taken back" }).waitFor();
  for (const url of [`${server.url}/timeline`, shelf, own])
    await until(eva, url, async () => !(await isGone(eva)()), `${url} shows Tom again`);
}

async function conversationOf({ server }: Town, page: Page, words: string): Promise<string> {
  const item = await untilSaid(page, `${server.url}/timeline`, words);
  return (await item.getByRole("link", { name: /conversation$/ }).getAttribute("href"))!;
}
