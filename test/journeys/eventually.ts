import type { Page } from "playwright-core";

/** Asks again and again until there is an answer. What a job or a page does comes soon; after a minute it will not come. */
export async function eventually<T>(what: string, ask: () => T | false | Promise<T | false>, pause = 50): Promise<T> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`It did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Opens the page at hand again until it shows so many of something. */
export async function untilShown(page: Page, selector: string, count = 1): Promise<void> {
  const isShown = async () => (await page.locator(selector).count()) >= count;
  if (await isShown()) return;
  const look = () => page.reload().then(isShown);
  await eventually(`${selector} at ${page.url()}`, look, 250);
}
