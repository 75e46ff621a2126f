import test from "ava";
import { addLanguage, catalogue } from "../../admin/texts.ts";
import { addWebLanguage, webTexts } from "../../core/web/web-texts.ts";
import { hasChromium, shoot, visit, type Visitor } from "../journeys/browser.ts";
import { journey } from "../journeys/journey.ts";
import { axeFaults, overflow } from "../journeys/look.ts";
import { pseudoCatalogue } from "../languages/pseudo.ts";
import { dataWords } from "./data-words.ts";
import { frameFaults, plainWords, smallTargets } from "./page-faults.ts";
import { addressOf, examples, type Looker } from "./screen-addresses.ts";
import { openTown, type Town } from "./town.ts";

for (const language of ["en-XA", "ar-XB"] as const) {
  addLanguage(language, pseudoCatalogue(language, catalogue("en")));
  addWebLanguage(language, pseudoCatalogue(language, webTexts("en")));
}

/** Tests the screens whose addresses begin so: one test an address, in one town; each says everything that is wrong with it. */
export function lookAtScreens(looker: Looker, begins: RegExp): void {
  const works: (() => unknown)[] = [];
  const opened: { town?: Town; visitor?: Visitor } = {};
  if (hasChromium)
    test.before(async () => {
      const later = { teardown: (work: () => unknown) => void works.push(work) };
      opened.town = await openTown(later);
      opened.visitor = await visit(later);
      if (looker === "kim") await opened.visitor.context.addCookies(await opened.town.enter());
    });
  test.after.always(async () => {
    for (const work of works.toReversed()) await work();
  });
  for (const pattern of examples(looker, begins))
    journey(`${pattern} can be used by everybody, in light and dark, at every width, in every language`, async (t) => {
      const { town, visitor } = opened as { town: Town; visitor: Visitor };
      t.deepEqual(await faultsAt(town, visitor, addressOf(pattern, town.sample), looker), []);
    });
}

async function faultsAt(town: Town, { page, problems }: Visitor, address: string, looker: Looker): Promise<string[]> {
  const faults: string[] = [];
  const name = address
    .replace(/token=[\w-]+/, "")
    .replace(/[A-Z0-9]{26}/g, "id")
    .replace(/\W+/g, "-");
  const speak = async (language: string) => {
    if (looker === "kim") await town.speak(language);
    else {
      await page.unrouteAll();
      await page.route("**", (route) =>
        route.continue({ headers: { ...route.request().headers(), "accept-language": language } }),
      );
    }
  };
  const open = async (width: number, language: string) => {
    await speak(language);
    await page.setViewportSize({ width, height: width > 600 ? 900 : 844 });
    await page.goto(town.url + address);
    await page.waitForFunction(() => document.querySelector("body :not(:defined)") === null);
    const wide = await overflow(page);
    if (wide) faults.push(`${language} at ${width}: ${wide}`);
  };
  const axe = async (scheme: "light" | "dark", isRepainted: boolean) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const width = page.viewportSize()!.width;
    faults.push(...(await axeFaults(page, { isRepainted })).map((fault) => `${width} ${scheme}: ${fault.replace(/\s+/g, " ")}`));
    await shoot(page, `${name}-${width}-${scheme}`);
  };
  await open(390, "en");
  faults.push(...(await frameFaults(page)), ...(await smallTargets(page)).map((one) => `at 390 too small: ${one}`));
  await axe("light", false);
  await axe("dark", true);
  await page.setViewportSize({ width: 320, height: 640 });
  const narrow = await overflow(page);
  if (narrow) faults.push(`en at 320: ${narrow}`);
  await page.setViewportSize({ width: 1280, height: 900 });
  faults.push(...(await smallTargets(page)).map((one) => `at 1280 too small: ${one}`));
  await axe("dark", false);
  await axe("light", true);
  await open(320, "ar-XB");
  await shoot(page, `${name}-320-rtl`);
  await open(320, "en-XA");
  await shoot(page, `${name}-320-long`);
  const plain = await plainWords(page, dataWords);
  if (plain.length > 0) faults.push(`not from the catalogue: ${plain.join(" ")}`);
  // A browser says itself that a page was refused.
  faults.push(...problems.splice(0).filter((line) => !/status of 4\d\d/.test(line)));
  return [...new Set(faults)];
}
