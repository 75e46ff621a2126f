import test from "ava";
import { PlainBrowser } from "../../admin/testing.ts";
import { openTown } from "./town.ts";
import { examples, forgotten } from "./screen-addresses.ts";

test("every screen that can be opened has an example, and every example opens", async (t) => {
  t.deepEqual(forgotten(), []);
  const { browser, sample, url } = await openTown(t);
  const found: [string, number][] = [];
  for (const address of examples("kim", sample, /^/)) found.push([address, (await browser.get(address)).status]);
  const stranger = new PlainBrowser(url);
  for (const address of examples("nobody", sample, /^/)) found.push([address, (await stranger.get(address)).status]);

  t.deepEqual(
    found.filter(([address, status]) => status !== 200 && !/token=none|account\/confirm/.test(address)),
    [],
  );
});
