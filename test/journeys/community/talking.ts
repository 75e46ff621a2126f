import type { Locator, Page } from "playwright-core";
import { eventually } from "../eventually.ts";
import { follow, press } from "../person.ts";
import type { Look, Town } from "./town.ts";

/** What somebody said, in the list or conversation at hand. */
export const said = (page: Page, words: string | RegExp): Locator => page.locator("article.said").filter({ hasText: words });

/** Waits until a page shows what a job brings there. */
export async function untilSaid(page: Page, url: string, words: string | RegExp): Promise<Locator> {
  await until(page, url, async () => (await said(page, words).count()) > 0, `${url} says ${words}`);
  return said(page, words).first();
}

/** Opens a page again and again until it is as it should be. */
export async function until(page: Page, url: string, isSo: () => Promise<boolean>, what: string): Promise<void> {
  await eventually(what, async () => (await page.goto(url), isSo()), 150);
}

/** Opens the menu of what somebody said, and follows one of its links. */
export async function choose(page: Page, item: Locator, link: string | RegExp): Promise<void> {
  await item.locator("summary").click();
  await Promise.all([page.waitForNavigation(), item.getByRole("link", { name: link }).click()]);
}

/** Follows people: the first from the start page, who follows no one yet, the others on their pages. */
export async function followAll(town: Town, name: string, [first, ...others]: readonly string[]): Promise<void> {
  const { server } = town;
  const page = await town.of(name);
  await page.goto(server.url);
  await page.getByLabel("Follow somebody").fill(first!);
  await press(page, "Follow");
  await page.getByRole("status").filter({ hasText: "You follow them now." }).waitFor();
  for (const one of others) {
    await page.goto(`${server.url}/people/${one}`);
    await press(page, /^Follow/);
    await page.getByRole("button", { name: /^Unfollow/ }).waitFor();
  }
}

/** Says something from the start page. */
export async function say(town: Town, name: string, words: string): Promise<void> {
  const page = await town.of(name);
  await page.goto(town.server.url);
  await page.getByLabel(/^Write on/).fill(words);
  await press(page, "Publish");
  await page.getByRole("status").filter({ hasText: "Published." }).waitFor();
}

/** Answers what stands in a conversation, and gives the page back to where it is read. */
export async function answer(page: Page, item: Locator, words: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), item.getByRole("link", { name: /^Reply/ }).click()]);
  await page.getByLabel("Your words").fill(words);
  await press(page, "Send");
  await page.getByRole("status").filter({ hasText: /^Sent/ }).waitFor();
}

/** People follow each other, say something, answer, and answer answers. */
export async function talk(town: Town, look: Look): Promise<void> {
  const { t, server } = town;
  const lee = await town.of("lee");
  await lee.goto(server.url);
  await look(lee, "begin");
  await followAll(town, "lee", ["kim", "ben", "ana"]);
  await followAll(town, "eva", ["kim", "lee", "ben", "tom"]);
  await followAll(town, "ben", ["kim", "lee"]);

  await say(town, "kim", "The ferry is early today.");
  await say(town, "ben", "A heron sat on my boat.");
  // Jobs may bring the second before the first.
  for (const words of ["The ferry is early", "A heron sat"]) await untilSaid(lee, `${server.url}/timeline`, words);
  t.deepEqual(await lee.locator("article.said .words").allInnerTexts(), ["A heron sat on my boat.", "The ferry is early today."]);
  await look(lee, "timeline");
}

/** Lee answers Kim, Ben answers Lee, Lee answers Ben; all of it stands below the post on Kim's blog too, and who was answered is told. */
export async function converse(town: Town, look: Look): Promise<void> {
  const { t, server } = town;
  const [kim, lee, ben, visitor] = [await town.of("kim"), await town.of("lee"), await town.of("ben"), await town.visitor()];
  const ferry = await untilSaid(lee, `${server.url}/timeline`, "The ferry is early");
  await Promise.all([lee.waitForNavigation(), ferry.getByRole("link", { name: /^Reply/ }).click()]);
  await look(lee, "write-reply");
  await lee.getByLabel("Your words").fill("So is the heron, @kim.");
  await press(lee, "Send");
  await lee.getByRole("status").filter({ hasText: /^Sent/ }).waitFor();

  // Ben follows both, so the answer reaches him too.
  const heron = await untilSaid(ben, `${server.url}/timeline`, "So is the heron");
  await Promise.all([ben.waitForNavigation(), heron.getByRole("link", { name: /conversation$/ }).click()]);
  await ben.getByLabel("Reply to Lee").fill("It took my fish.");
  await press(ben, "Reply");
  await ben.getByRole("status").filter({ hasText: /^Sent/ }).waitFor();

  await untilTold(lee, server.url, /ben answered/);
  await look(lee, "notifications");
  await follow(lee, /ben answered/);
  await lee.getByLabel("Reply to ben").fill("All of it?");
  await press(lee, "Reply");
  await until(lee, lee.url(), async () => (await lee.locator("article.said").count()) === 4, "four stand in the conversation");
  t.deepEqual(await lee.locator("article.said .words").allInnerTexts(), [
    "The ferry is early today.",
    "So is the heron, @kim.",
    "It took my fish.",
    "All of it?",
  ]);
  await look(lee, "conversation");
  await untilTold(kim, server.url, /Lee replied/);

  const post = await said(lee, "The ferry is early").locator("a:has(time)").getAttribute("href");
  await until(visitor, post!, async () => (await visitor.getByText("All of it?").count()) > 0, "the blog shows the answers");
  t.true(await visitor.getByText("It took my fish.").isVisible());
}

/** Waits for the dot in the bar, and opens the list of what one was told. */
export async function untilTold(page: Page, url: string, words: RegExp): Promise<void> {
  const bell = page.locator(".bar").getByRole("link", { name: /^Notifications.*something new/ });
  await until(page, `${url}/following`, async () => (await bell.count()) > 0, `${words} is told`);
  await Promise.all([page.waitForNavigation(), bell.click()]);
  await until(page, `${url}/notifications`, async () => (await page.getByRole("link", { name: words }).count()) > 0, `${words}`);
}
