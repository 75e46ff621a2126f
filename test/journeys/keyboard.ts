import type { FileChooser, Page } from "playwright-core";

/** What is wrong with where the focus is: nothing shows it, or something else covers it. Null when it can be seen. */
export async function focusFault(page: Page): Promise<string | null> {
  return page.evaluate(() => {
    const one = document.activeElement as HTMLElement | null;
    // What is inside of a frame shows the focus itself.
    if (!one || one === document.body || one.tagName === "IFRAME") return null;
    const name = `${one.tagName} “${(one.getAttribute("aria-label") || one.textContent || one.getAttribute("name") || one.id).trim().slice(0, 30)}”`;
    const style = getComputedStyle(one);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `${name} shows no focus`;
    const box = one.getBoundingClientRect();
    const [x, y] = [box.left + Math.min(box.width / 2, 40), box.top + Math.min(box.height / 2, 20)];
    const top = document.elementFromPoint(x, y);
    if (!top) return `${name} is out of the window at ${Math.round(x)}, ${Math.round(y)}`;
    const isOwn = one.contains(top) || top.contains(one) || (one as HTMLInputElement).labels?.[0]?.contains(top);
    return isOwn ? null : `${name} is covered by ${top.tagName}.${top.className}`;
  });
}

const focused = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement as HTMLElement | null;
    const label = (one as HTMLInputElement | null)?.labels?.[0]?.textContent;
    return (one?.getAttribute("aria-label") ?? label ?? one?.textContent ?? "").replace(/\s+/g, " ").trim();
  });

/** Goes on with the tabulator until something with this name has the focus; every stop on the way must be seen. */
export async function tabTo(page: Page, name: string | RegExp, key = "Tab"): Promise<void> {
  const passed: string[] = [];
  for (let stops = 0; stops < 150; stops++) {
    await page.keyboard.press(key);
    const fault = await focusFault(page);
    if (fault) throw new Error(`At ${page.url()}: ${fault}`);
    const now = await focused(page);
    if (typeof name === "string" ? now === name : name.test(now)) return;
    passed.push(now);
  }
  throw new Error(`No stop “${name}” at ${page.url()}; there are: ${[...new Set(passed)].join(" | ")}`);
}

/** Goes to something and presses Enter on it, which leads to another page. */
export async function enterAt(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
}

/** Presses Enter on the button that has the focus and gives the chooser of files that it opens. */
export async function choose(page: Page): Promise<FileChooser> {
  const press = async () => {
    // A busy page takes keys before what it is asked over the debugger: pressed at once, the key would open
    // the chooser before the page knows that it is to be handed over. What is answered here was asked after that.
    await page.evaluate(() => null);
    await page.keyboard.press("Enter");
  };
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press()]);
  return chooser;
}
