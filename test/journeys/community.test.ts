import { existsSync } from "node:fs";
import test from "ava";
import type { Page } from "playwright-core";
import { shoot } from "./browser.ts";
import { arrive } from "./community/arriving.ts";
import { change, mute } from "./community/changing.ts";
import { curate, hold } from "./community/curating.ts";
import { judge, suspend } from "./community/judging.ts";
import { converse, talk } from "./community/talking.ts";
import { foundTown } from "./community/town.ts";
import { followNotices, goPlainly, keepHouse, visitTown } from "./community/visiting.ts";
import { journey } from "./journey.ts";
import { faultsOf } from "./look.ts";

// Any of them can be taken out of an installation; then the others have their own tests.
const plugins = ["timeline", "replies", "discover", "moderation", "notifications", "bookmarks"];
const missing = plugins.find((id) => !existsSync(new URL(`../../plugins/${id}/plugin.ts`, import.meta.url)));
if (missing) test.skip(`ten people live together (plugins/${missing} is not there)`, () => {});

// One installation and one browser for all of it: what comes later goes on with what was said before.
(missing ? test.skip : journey)(
  "ten people live together: they arrive, follow, talk, edit, mute, curate, report, judge and appeal, and visitors see what they should",
  async (t) => {
    t.timeout(10 * 60_000);
    const town = await foundTown(t);
    const look = async (page: Page, name: string) => {
      const window = page.viewportSize()!;
      t.deepEqual(await faultsOf(page, (kind) => shoot(page, `community-${name}-${kind}`)), [], name);
      await page.setViewportSize(window);
      await page.emulateMedia({ colorScheme: "light", reducedMotion: null });
    };
    await arrive(town);
    await talk(town, look);
    await converse(town, look);
    await change(town, look);
    await mute(town, look);
    await curate(town, look);
    await suspend(town);
    await judge(town, look);
    await hold(town, look);
    await goPlainly(town);
    await keepHouse(town, look);
    await followNotices(town);
    await visitTown(town, look);
    t.deepEqual(town.problems(), []);
  },
);
