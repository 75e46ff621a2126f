import type { Page } from "playwright-core";
import { follow, press } from "../person.ts";
import { choose, said, until, untilSaid } from "./talking.ts";
import { everybody, password, type Look, type Town } from "./town.ts";

/** Who is not signed in sees what is public, and is led to signing in for the rest, and from there to it. */
export async function visitTown(town: Town, look: Look): Promise<void> {
  const { t, server } = town;
  const page = await town.visitor();
  await page.goto(server.url);
  await follow(page, "Community guidelines");
  await page.getByText("Be kind to each other").waitFor();
  await look(page, "guidelines");
  await page.goto(`${server.url}/discover`);
  await follow(page, /Travel/);
  await follow(page, "kim");
  await look(page, "profile");
  t.is(await page.getByRole("button").count(), 0, "a visitor can change nothing");
  await Promise.all([
    page.waitForNavigation(),
    said(page, /ferry/)
      .getByRole("link", { name: /conversation$/ })
      .click(),
  ]);
  t.is(await page.locator("textarea").count(), 0);
  await page.getByRole("link", { name: "Sign in to reply" }).waitFor();
  const talk = page.url();
  for (const path of ["/timeline", "/notifications", "/admin/moderation", "/admin/discover"]) {
    await page.goto(server.url + path);
    t.is(new URL(page.url()).pathname, "/signin", path);
  }
  // From a post on its blog, too: who signs in comes back to where they were going.
  await page.goto(talk);
  await page.goto((await said(page, /ferry/).locator("a:has(time)").getAttribute("href"))!);
  await follow(page, /^Reply at /, "body");
  await page.getByLabel("Username or e-mail").fill("max");
  await page.getByLabel("Password").fill(password);
  await press(page, "Sign in");
  await page.getByText("The ferry is late today.").waitFor();
  await page.getByLabel("Your words").waitFor();
}

/** Whatever somebody was told leads somewhere, for each of the ten. */
export async function followNotices({ t, server, of }: Town): Promise<void> {
  let told = 0;
  for (const name of everybody) {
    const page = await of(name);
    await page.goto(`${server.url}/notifications`);
    const to = await page.locator("main li.row a").evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href));
    told += to.length;
    for (const url of to) t.is((await page.request.get(url)).status(), 200, `${name} ${await page.title()} ${url}`);
  }
  t.true(told > 8, `${told} were told something`);
}

/** The main line without script: Ana follows, answers, changes and takes back her answer. */
export async function goPlainly(town: Town): Promise<void> {
  const { t, server } = town;
  const [ana, eva] = [await town.of("ana"), await town.of("eva")];
  const item = await untilSaid(eva, `${server.url}/timeline`, "The ferry is late");
  const talk = server.url + (await item.getByRole("link", { name: /conversation$/ }).getAttribute("href"));
  await ana.goto(talk);
  await ana.getByLabel("Reply to kim").fill("Mine is early.");
  await press(ana, "Reply");
  await untilSaid(eva, talk, "Mine is early.");
  await ana.goto(talk);
  await choose(ana, said(ana, "Mine is early."), "Change or delete");
  await ana.getByLabel("Your words").fill("Mine is never early.");
  await press(ana, "Save");
  await untilSaid(eva, talk, "Mine is never early.");
  await ana.goto(talk);
  await choose(ana, said(ana, "Mine is never early."), "Change or delete");
  await press(ana, "Delete");
  await until(eva, talk, async () => (await said(eva, "early").count()) === 0, "her answer is gone");
  t.true(await said(eva, "The ferry is late").isVisible());
}

/** What is said below a post is for its blog to decide: Kim hides an answer and shows it again. */
export async function keepHouse(town: Town, look: Look): Promise<void> {
  const { server } = town;
  const [kim, eva] = [await town.of("kim"), await town.of("eva")];
  const item = await untilSaid(eva, `${server.url}/timeline`, "The ferry is late");
  const talk = server.url + (await item.getByRole("link", { name: /conversation$/ }).getAttribute("href"));
  const isThere = (page: Page) => said(page, "All of it?").count();
  await kim.goto(server.url);
  await follow(kim, /^Replies/, ".bar");
  const row = kim.locator("li.row").filter({ hasText: "All of it?" });
  await Promise.all([kim.waitForNavigation(), row.getByRole("button", { name: "Hide what Lee wrote" }).click()]);
  await until(eva, talk, async () => (await isThere(eva)) === 0, "the answer is hidden");
  await kim.goto(`${server.url}/b/kim.localhost/replies?tab=hidden`);
  await press(kim, "Show what Lee wrote");
  await until(eva, talk, async () => (await isThere(eva)) === 1, "the answer is shown");

  // What one hears of is chosen for each kind, and what one reads can be kept.
  await eva.goto(`${server.url}/notifications`);
  await follow(eva, "What to hear of");
  await look(eva, "hear-of");
  await eva.getByLabel("Digest by mail").selectOption({ label: "Every morning" });
  await press(eva, "Save");
  await eva.getByRole("status").filter({ hasText: "Saved." }).waitFor();
  await eva.goto(talk);
  await choose(eva, said(eva, "The ferry is late"), "Bookmark");
  await eva.getByLabel("Address of the page").waitFor();
}
