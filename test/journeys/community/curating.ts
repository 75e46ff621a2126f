import type { Page } from "playwright-core";
import { follow, press } from "../person.ts";
import { choose, said, say, until, untilSaid } from "./talking.ts";
import type { Look, Town } from "./town.ts";

/** Noa fills Discover; her own post waits for Ida, a pick is undone, and who does not want to be there is not. */
export async function curate(town: Town, look: Look): Promise<void> {
  const { t, server } = town;
  const [noa, ida, ben] = [await town.of("noa"), await town.of("ida"), await town.of("ben")];
  const [desk, shelf] = [`${server.url}/admin/discover`, `${server.url}/discover`];
  await say(town, "tom", "My boat is for sale.");
  await say(town, "noa", "The reeds are singing.");
  const visitor = await town.visitor();
  const isShown = async (words: string, path = "") => {
    await visitor.goto(shelf + path);
    return (await visitor.getByText(words).count()) > 0;
  };

  // With a note and a topic from the desk, by the menu of an item, and at once.
  await until(noa, desk, async () => (await candidate(noa, "The reeds").count()) > 0, "the newest post is a candidate");
  const ferry = candidate(noa, "The ferry is late");
  await ferry.locator("summary").click();
  await ferry.getByLabel(/Travel/).check();
  await ferry.getByLabel("Why this is here").fill("For whoever waits for it.");
  await press(noa, "Pick: kim");
  await press(noa, "Pick: ben");
  await look(noa, "desk");
  await noa.goto(`${server.url}/people/tom`);
  await choose(noa, said(noa, "My boat"), "Pick for Discover");
  await look(noa, "pick");
  await press(noa, "Pick");
  await noa.goto(desk);
  await press(noa, "Pick: noa");
  await noa.getByText("Your own post now waits for a second curator.").waitFor();
  t.true(await isShown("The ferry is late today."));
  t.true(await visitor.getByText("For whoever waits for it.").isVisible());
  t.deepEqual(await visitor.locator("article.card div[dir=auto]").allInnerTexts(), [
    "My boat is for sale.",
    "A heron sat on my boat.",
    "The ferry is late today.",
  ]);
  await look(visitor, "discover");
  t.true(await isShown("The ferry is late today.", "/travel"));
  t.false(await isShown("A heron sat on my boat.", "/travel"));

  // Nothing is sent to her: a dot under More says that a pick waits for another.
  await ida.goto(server.url);
  await follow(ida, /^More.*something new/, ".bar");
  await follow(ida, /^Curate Discover.*something new/);
  await press(ida, "Agree: noa");
  t.true(await isShown("The reeds are singing."));
  await ida.goto(`${desk}?tab=picked`);
  await press(ida, "Undo the pick: noa");
  t.false(await isShown("The reeds are singing."));

  await ben.goto(shelf);
  await follow(ben, "My posts in Discover");
  await look(ben, "my-posts");
  await ben.getByLabel("My posts may be picked for Discover").uncheck();
  await press(ben, "Save");
  t.false(await isShown("A heron sat on my boat."));
  t.true(await isShown("The ferry is late today."));
}

/** The first post of somebody new looks like spam: it waits, a moderator lets it through. */
export async function hold(town: Town, look: Look): Promise<void> {
  const { t, server } = town;
  const [ana, lee, mia] = [await town.of("ana"), await town.of("lee"), await town.of("mia")];
  const words = /Cheap sails/;
  await say(town, "ana", "Cheap sails at https://sails.example/ only today.");
  await untilSaid(ana, `${server.url}/people/ana`, words);
  await until(mia, `${server.url}/admin/moderation/held`, async () => (await mia.getByText(words).count()) > 0, "it is held");
  await look(mia, "held");
  await lee.goto(`${server.url}/timeline`);
  t.is(await said(lee, words).count(), 0);
  await press(mia, "Let through: ana");
  await untilSaid(lee, `${server.url}/timeline`, words);
}

const candidate = (page: Page, words: string) =>
  page.locator("section[aria-labelledby=candidates] li.row").filter({ hasText: words });
