import type { Page } from "playwright-core";

/** What is wrong with the frame of a page: its title, its one heading, its landmarks, its first link, buttons of its forms. */
export async function frameFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
    const expectOne = (selector: string) => {
      if (all(selector).length !== 1) faults.push(`${all(selector).length} of ${selector}`);
    };
    for (const selector of ["h1", "main", "body > header"]) expectOne(selector);
    const heading = all("h1")[0]?.textContent?.trim() ?? "";
    if (heading === "") faults.push("the h1 is empty");
    if (!/^(Error: )?[^–]+( – [^–]+)? – Rookery$/.test(document.title) && document.documentElement.lang === "en")
      faults.push(`title “${document.title}”`);
    const first = all("a[href], button, input:not([type=hidden]), select, textarea, summary")[0];
    if (first?.getAttribute("href") !== "#main") faults.push("the first stop is not the link to the content");
    for (const nav of all("nav")) if (!nav.ariaLabel && !nav.getAttribute("aria-labelledby")) faults.push("a nav without a name");
    for (const form of all("form"))
      if (!form.querySelector("rk-passkey") && !form.querySelector("button:not([type=button]), input[type=submit]"))
        faults.push(`a form without a button: ${form.getAttribute("action")}`);
    const tabbed = all("[tabindex]").filter((one) => one.tabIndex > 0);
    if (tabbed.length > 0) faults.push("a positive tabindex");
    return faults;
  });
}

/** Things to press that are too small: buttons under 44 pixels, anything else under 24, but for links inside of sentences. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const isSeen = (one: Element) => one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const sizeOf = (one: Element) => {
      // A label around a box belongs to it.
      const boxes = [one, ...(one.matches("input") ? [...((one as HTMLInputElement).labels ?? [])] : [])].map((each) =>
        each.getBoundingClientRect(),
      );
      return { height: Math.max(...boxes.map((box) => box.height)), width: Math.max(...boxes.map((box) => box.width)) };
    };
    return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
      .filter((one) => isSeen(one) && !one.closest(".unseen, .skip, [inert]") && one.getBoundingClientRect().width > 1)
      .flatMap((one) => {
        const isInline = one.matches("a") && getComputedStyle(one).display === "inline";
        const needed = one.matches("button, a.button") ? 44 : 24;
        const { height, width } = sizeOf(one);
        if (height >= needed - 0.5 && width >= Math.min(needed, 24) - 0.5) return [];
        if (isInline && height >= 15) return [];
        return [
          `${Math.round(width)}×${Math.round(height)} ${one.tagName}.${one.className} “${(one.textContent ?? "").trim().slice(0, 30)}”`,
        ];
      });
  });
}

/** Words of a page that stand in plain Latin letters though its language marks every letter; `data` are those of people. */
export async function plainWords(page: Page, data: ReadonlySet<string>): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const skipped =
      "code, kbd, pre, script, style, template, textarea, time, [lang]:not(html), svg title, select[name$=language i], select[name$=timeZone i]";
    const found: string[] = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (!node.parentElement?.closest(skipped)) found.push(node.textContent ?? "");
    for (const one of document.querySelectorAll("[aria-label], [placeholder], [title], img[alt]"))
      if (!one.closest(skipped))
        for (const name of ["aria-label", "placeholder", "title", "alt"]) found.push(one.getAttribute(name) ?? "");
    for (const one of document.querySelectorAll("*"))
      for (const { name, value } of one.attributes)
        if (name.startsWith("data-") && /\s/.test(value) && !/[{[/]/.test(value)) found.push(value);
    return found;
  });
  // Addresses, e-mail addresses and file names are nobody's language.
  const bare = texts.map((text) => text.replace(/\S*[./@:_=]\S*|\b[A-Z0-9]{2,}\b/g, " "));
  const words = bare.flatMap((text) => text.match(/(?<![\p{L}\p{M}])[A-Za-z]{2,}(?![\p{L}\p{M}])/gu) ?? []);
  return [...new Set(words.filter((word) => !data.has(word.toLowerCase())))];
}
