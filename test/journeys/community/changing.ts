import { follow, press } from "../person.ts";
import { choose, said, until, untilSaid } from "./talking.ts";
import type { Look, Town } from "./town.ts";

/** What was said is changed within its day, and changes wherever it stands; what is deleted leaves its place in the conversation. */
export async function change(town: Town, look: Look): Promise<void> {
  const { t, server } = town;
  const [kim, lee, eva, visitor] = [await town.of("kim"), await town.of("lee"), await town.of("eva"), await town.visitor()];
  const ferry = await untilSaid(eva, `${server.url}/timeline`, "The ferry is early");
  const talk = await ferry.getByRole("link", { name: /conversation$/ }).getAttribute("href");
  const post = await ferry.locator("a:has(time)").getAttribute("href");

  await lee.goto(server.url + talk);
  await choose(lee, said(lee, "So is the heron"), "Change or delete");
  await look(lee, "edit-reply");
  await lee.getByLabel("Your words").fill("So is the old heron.");
  await press(lee, "Save");
  await lee
    .getByRole("status")
    .filter({ hasText: /^Changed/ })
    .waitFor();
  await kim.goto(server.url + talk);
  await choose(kim, said(kim, "The ferry is early"), "Edit");
  await kim.getByLabel("Text", { exact: true }).fill("The ferry is late today.");
  await press(kim, "Update");
  for (const path of ["/timeline", talk!, "/people/kim"]) await untilSaid(eva, server.url + path, "The ferry is late today.");
  await untilSaid(eva, server.url + talk, "So is the old heron.");
  await until(
    visitor,
    post!,
    async () => (await visitor.getByText("So is the old heron.").count()) > 0,
    "the blog shows the change",
  );
  t.is((await visitor.getByText("The ferry is late today.").count()) > 0, true);

  // Ben takes back what Lee answered: the answer stays, and what it answered is gone from all places.
  const ben = await town.of("ben");
  await ben.goto(`${server.url}/replies?tab=mine`);
  await look(ben, "own-replies");
  await follow(ben, /^Change or delete/);
  await press(ben, "Delete");
  await ben.getByRole("status").filter({ hasText: "Deleted." }).waitFor();
  const isGone = async () => (await eva.getByText("It took my fish.").count()) === 0;
  await until(eva, server.url + talk, isGone, "the deleted answer leaves the conversation");
  t.deepEqual(await eva.locator("article.said .words").allInnerTexts(), [
    "The ferry is late today.",
    "So is the old heron.",
    "All of it?",
  ]);
  await until(visitor, post!, async () => (await visitor.getByText("It took my fish.").count()) === 0, "the blog lets it go");
  t.true(await visitor.getByText("All of it?").isVisible());
}

/** Eva does not want to hear of Ben, then of ferries, and takes both back. */
export async function mute(town: Town, look: Look): Promise<void> {
  const { t, server } = town;
  const eva = await town.of("eva");
  const shown = async () => {
    await eva.goto(`${server.url}/timeline`);
    const all = await eva.locator("article.said .words").allInnerTexts();
    return ["A heron sat on my boat.", "The ferry is late today."].filter((words) => all.includes(words));
  };
  const both = await shown();
  t.is(both.length, 2);
  await choose(eva, said(eva, "A heron sat").first(), "Mute ben");
  await press(eva, "Mute");
  await look(eva, "muted");
  t.deepEqual(await shown(), ["The ferry is late today."]);

  await eva.goto(`${server.url}/muted`);
  await eva.getByLabel("What").selectOption({ label: "A word" });
  await eva.getByLabel("Name, domain or words").fill("ferry");
  await press(eva, "Mute");
  t.deepEqual(await shown(), []);
  for (const left of [1, 0]) {
    await eva.goto(`${server.url}/muted`);
    await press(eva, /^Unmute/);
    t.is(await eva.getByRole("button", { name: /^Unmute/ }).count(), left);
  }
  t.deepEqual(await shown(), both);
}
