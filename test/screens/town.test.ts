import test from "ava";
import { PlainBrowser } from "../../admin/testing.ts";
import { openTown } from "./town.ts";
import { pluginAddresses } from "./plugin-addresses.ts";
import { addressOf, examples, forgotten, type Looker } from "./screen-addresses.ts";

test("every screen that can be opened has an example, and every example opens", async (t) => {
  t.deepEqual(forgotten(), []);
  const { browser, sample, url } = await openTown(t);
  const all = (looker: Looker) => examples(looker, /^/).map((one) => addressOf(one, sample));
  const found: [string, number][] = [];
  for (const address of all("kim")) found.push([address, (await browser.get(address)).status]);
  const stranger = new PlainBrowser(url);
  for (const address of all("nobody")) found.push([address, (await stranger.get(address)).status]);

  // An example of a plugin may name something that is not there: it says so, or leads back to the list of it.
  const ofPlugins = new Map(pluginAddresses.map(({ at, pattern }) => [at, pattern.replace("/b/:blog", "").includes("/:")]));
  const isOpen = (address: string, status: number) =>
    status === 200 || (status === 303 && ofPlugins.has(address)) || (status === 404 && ofPlugins.get(address) === true);
  t.deepEqual(
    found.filter(([address, status]) => !isOpen(address, status) && !/=none|account\/confirm/.test(address)),
    [],
  );
});
