import type { Page } from "playwright-core";
import { axeSource } from "./person.ts";

type AxeViolation = { id: string; nodes: { target: string[]; failureSummary?: string }[] };

const everything = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };

/**
 * What axe-core finds wrong with the page as it stands, one line each; empty when nothing. A page that was looked at in its other
 * colours just before is looked at for those alone: `light-dark()` changes nothing else.
 */
export async function axeFaults(page: Page, { isRepainted = false } = {}): Promise<string[]> {
  // The debugger puts the script in, so that the page's own content security policy stays as it is. It is half a megabyte: once.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axeSource);
  const violations = await page.evaluate(
    async (runOnly) => {
      const axe = (
        globalThis as unknown as { axe: { run(what: Document, options: object): Promise<{ violations: AxeViolation[] }> } }
      ).axe;
      // No rule of these reads the style sheets, which axe would fetch again each time.
      const preload = { assets: ["media"] };
      return (await axe.run(document, { runOnly, preload, resultTypes: ["violations"] })).violations;
    },
    isRepainted ? colours : everything,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}

/** By how many pixels the page is wider than its window, with the elements that stick out; null when it fits. */
export async function overflow(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return null;
    const out = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1);
    return `${document.documentElement.scrollWidth} px: ${out
      .slice(0, 4)
      .map((one) => `${one.tagName}.${one.className}`)
      .join(", ")}`;
  });
}

/** What is wrong with a page in light and dark, on a desk, on a phone and in the narrowest window. */
export async function faultsOf(page: Page, look: (kind: string) => Promise<void>): Promise<string[]> {
  const faults: string[] = [];
  for (const [width, height] of [
    [320, 640],
    [390, 844],
    [1280, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    const wide = await overflow(page);
    if (wide) faults.push(`${width}: ${wide}`);
    if (width === 320) continue;
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const found = await axeFaults(page, { isRepainted: colorScheme === "dark" });
      faults.push(...found.map((fault) => `${width} ${colorScheme}: ${fault}`));
      await look(`${width}-${colorScheme}`);
    }
  }
  return faults;
}
