import { overflow } from "./look.ts";
import { addressOf, examples } from "../screens/screen-addresses.ts";
import { openTown } from "../screens/town.ts";
import { shoot, visit } from "./browser.ts";
import { journey } from "./journey.ts";

const chosen =
  /^\/(b\/:blog\/(posts|media|categories|settings|redirects|schedule)|compose|account|admin\/(plugins|people|log)|find|$)/;
// WCAG 1.4.12: what a reader may force upon a page.
const spacing =
  "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}";

journey(
  "screens hold what people ask of their browser: large text, wide spacing, their own colours, more contrast, less motion",
  async (t) => {
    const town = await openTown(t);
    const { page, context } = await visit(t, { width: 640, height: 900 });
    await context.addCookies(await town.enter());
    const faults: string[] = [];
    for (const address of examples("kim", chosen).map((one) => addressOf(one, town.sample))) {
      const name = address.replace(/[A-Z0-9]{26}/g, "id").replace(/\W+/g, "-");
      const note = async (what: string) => {
        const wide = await overflow(page);
        const cut = await cutTexts();
        for (const fault of [wide, ...cut]) if (fault) faults.push(`${address} with ${what}: ${fault}`);
        await shoot(page, `${name}-${what}`);
      };
      // Text that does not fit into a box that hides what is over.
      const cutTexts = () =>
        page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>("main *, .bar *")]
            .filter(
              (one) =>
                one.checkVisibility() && !one.closest(".unseen, pre, iframe, textarea, select") && one.childElementCount === 0,
            )
            .filter(
              (one) =>
                getComputedStyle(one).overflow === "hidden" &&
                (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2),
            )
            .map((one) => `cut: ${one.tagName}.${one.className} “${one.textContent?.trim().slice(0, 20)}”`),
        );
      const force = (css: string) =>
        page.evaluate((text) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(text);
          document.adoptedStyleSheets = [sheet];
        }, css);
      await page.goto(town.url + address);
      await force("html{font-size:200%!important}");
      await note("text-200");
      await force(spacing);
      await page.setViewportSize({ width: 320, height: 700 });
      await note("spacing");
      await page.setViewportSize({ width: 640, height: 900 });
      await force("");
      await page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce", contrast: "more" });
      await note("own-colours");
      const moving = await page.evaluate(
        () =>
          [...document.querySelectorAll("a, button")].filter((one) => !getComputedStyle(one).transitionDuration.startsWith("0s"))
            .length,
      );
      if (moving > 0) faults.push(`${address}: ${moving} things move`);
      const borderless = await page.evaluate(() =>
        [
          ...document.querySelectorAll<HTMLElement>(
            "a.button, button.button:not(.plain), input:not([type=hidden], [type=checkbox], [type=radio], [type=range], [type=color]), select, textarea",
          ),
        ]
          .filter((one) => one.checkVisibility() && getComputedStyle(one).borderTopStyle === "none")
          .map((one) => `${one.tagName}.${one.className} has no border`),
      );
      faults.push(...borderless.map((fault) => `${address}: ${fault}`));
      await page.emulateMedia({ forcedColors: "none", contrast: "no-preference" });
    }
    t.deepEqual(faults, []);
  },
);
