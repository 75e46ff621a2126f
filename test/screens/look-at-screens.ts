import type { ExecutionContext } from "ava";
import { addLanguage, catalogue } from "../../admin/texts.ts";
import { addWebLanguage, webTexts } from "../../core/web/web-texts.ts";
import { shoot, visit, type Visitor } from "../journeys/browser.ts";
import { axeFaults, overflow } from "../journeys/look.ts";
import { pseudoCatalogue } from "../languages/pseudo.ts";
import { dataWords } from "./data-words.ts";
import { frameFaults, plainWords, smallTargets } from "./page-faults.ts";
import { examples, type Looker } from "./screen-addresses.ts";
import { openTown, type Town } from "./town.ts";

for (const language of ["en-XA", "ar-XB"] as const) {
  addLanguage(language, pseudoCatalogue(language, catalogue("en")));
  addWebLanguage(language, pseudoCatalogue(language, webTexts("en")));
}

/** Opens a town and looks at the screens whose addresses begin so; gives everything that is wrong with them. */
export async function lookAtScreens(t: ExecutionContext, looker: Looker, begins: RegExp): Promise<void> {
  const town = await openTown(t);
  const visitor = await visit(t);
  if (looker === "kim") await visitor.context.addCookies(await town.enter());
  const faults: string[] = [];
  for (const address of examples(looker, town.sample, begins)) {
    const found = await faultsAt(town, visitor, address, looker);
    faults.push(...found.map((fault) => `${address}: ${fault}`));
  }
  t.deepEqual(faults, []);
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
  const axe = async (scheme: "light" | "dark") => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    const width = page.viewportSize()!.width;
    faults.push(...(await axeFaults(page)).map((fault) => `${width} ${scheme}: ${fault.replace(/\s+/g, " ")}`));
    await shoot(page, `${name}-${width}-${scheme}`);
  };
  await open(390, "en");
  faults.push(...(await frameFaults(page)), ...(await smallTargets(page)).map((one) => `at 390 too small: ${one}`));
  for (const scheme of ["light", "dark"] as const) await axe(scheme);
  await page.setViewportSize({ width: 320, height: 640 });
  const narrow = await overflow(page);
  if (narrow) faults.push(`en at 320: ${narrow}`);
  await page.setViewportSize({ width: 1280, height: 900 });
  faults.push(...(await smallTargets(page)).map((one) => `at 1280 too small: ${one}`));
  for (const scheme of ["dark", "light"] as const) await axe(scheme);
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
