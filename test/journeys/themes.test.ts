import type { Page } from "playwright-core";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";
import { axeFaults, overflow } from "./look.ts";
import { entryFaults } from "./theme-entries.ts";
import { cutOnPaper, unreadable, waysOnPaper } from "./theme-looks.ts";
import { hardKinds, serveTheme, usualKinds, visibleThemes, type ServedPage } from "./theme-pages.ts";

// Browsers say themselves that a page was not found, and that faces of people who answered are nowhere: those are on .example.
const isFault = (line: string) => !/404 \(Not Found\)|net::ERR_NAME_NOT_RESOLVED/.test(line);

journey("the themes are found by listing them", (t) => {
  t.true(visibleThemes.length >= 6 && visibleThemes.includes("perch") && !visibleThemes.includes("base"));
});

journey(
  "the looking itself sees code cut off on paper, words that are hidden, and posts that programs would not find",
  async (t) => {
    const [one] = await serveTheme(t, "perch", ["article"]);
    const { page } = await visit(t, { javaScript: false });
    await page.goto(one!.url);
    t.deepEqual([await unreadable(page, one!), entryFaults(one!, await page.content())], [[], []]);
    const html = (await page.content()).replaceAll("dt-published", "").replaceAll("e-content", "").replaceAll("p-category", "");
    const faults = entryFaults(one!, html).join();
    for (const fault of ["published", "content", "category"]) t.true(faults.includes(fault), `${fault} in ${faults}`);
    // The policy of the page before would keep the styles of this one away.
    await page.goto("about:blank");
    await page.setContent(
      "<title>x</title><main><pre style='overflow:auto;width:9em'>a long line that never ends</pre></main><nav>Home</nav>",
    );
    t.regex((await cutOnPaper(page)).join(), /^PRE/);
    t.deepEqual(await waysOnPaper(page), ["NAV. is printed"]);
    t.deepEqual((await unreadable(page, one!)).length, 2);
  },
);

for (const id of visibleThemes) {
  journey(`${id}: every kind of page can be read by everybody, in light and dark, and keeps to the policy`, async (t) => {
    const { page, problems } = await visit(t, { width: 1000 });
    await page.emulateMedia({ reducedMotion: "reduce" });
    const faults: string[] = [];
    for (const one of await serveTheme(t, id, usualKinds)) {
      const broken = await open(page, one);
      if (broken) faults.push(broken);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        faults.push(...(await axeFaults(page)).map((fault) => `${one.name}, ${colorScheme}: ${fault}`));
      }
      faults.push(...problems.splice(0).filter(isFault));
    }
    t.deepEqual(faults, []);
  });

  journey(`${id}: every kind of page fits a phone and a sheet of paper, runs the right way and needs no script`, async (t) => {
    const { page } = await visit(t, { javaScript: false });
    const faults: string[] = [];
    for (const one of await serveTheme(t, id, [...usualKinds, ...hardKinds])) {
      const found = [
        ...(await faultsOnPhone(page, one)),
        ...(await faultsOnPaper(page)),
        ...(await faultsForPrograms(page, one)),
      ];
      faults.push(...found.map((fault) => `${one.name}: ${fault}`));
      await shoot(page, `${id}-paper-${one.name.replace(/\W+/g, "-")}`);
    }
    t.deepEqual(faults, []);
  });
}

/** Opens a page; what it says instead, when a template of it failed. */
async function open(page: Page, one: ServedPage): Promise<string | null> {
  const answer = await page.goto(one.url);
  const status = answer?.status() ?? 0;
  return status === one.content.status ? null : `${one.name}: ${status} ${await page.locator("body").innerText()}`;
}

async function faultsOnPhone(page: Page, one: ServedPage): Promise<string[]> {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.emulateMedia({ media: "screen" });
  const broken = await open(page, one);
  if (broken) return [broken];
  const wide = await overflow(page);
  return [...(wide ? [`320: ${wide}`] : []), ...(await unreadable(page, one))];
}

// A4 without its margins.
async function faultsOnPaper(page: Page): Promise<string[]> {
  await page.setViewportSize({ width: 680, height: 960 });
  await page.emulateMedia({ media: "print" });
  const wide = await overflow(page);
  return [...(wide ? [wide] : []), ...(await cutOnPaper(page)), ...(await waysOnPaper(page))].map(
    (fault) => `on paper: ${fault}`,
  );
}

async function faultsForPrograms(page: Page, one: ServedPage): Promise<string[]> {
  const direction = await page.evaluate(() => document.documentElement.dir);
  const wanted = one.blog.blog.language === "ar" ? "rtl" : "ltr";
  return [...(direction === wanted ? [] : [`It runs ${direction}`]), ...entryFaults(one, await page.content())];
}
