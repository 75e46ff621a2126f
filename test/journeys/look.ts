import type { Page } from "playwright-core";
import { axeSource } from "./person.ts";

type AxeViolation = { id: string; nodes: { target: string[]; failureSummary?: string }[] };

/** What axe-core finds wrong with the page as it stands, one line each; empty when nothing. */
export async function axeFaults(page: Page): Promise<string[]> {
  // The debugger puts the script in, so that the page's own content security policy stays as it is.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const axe = (
      globalThis as unknown as { axe: { run(what: Document, options: object): Promise<{ violations: AxeViolation[] }> } }
    ).axe;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    return (await axe.run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })).violations;
  });
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
      faults.push(...(await axeFaults(page)).map((fault) => `${width} ${colorScheme}: ${fault}`));
      await look(`${width}-${colorScheme}`);
    }
  }
  return faults;
}
