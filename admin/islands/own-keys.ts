/** Goes along a list, does what a page's own keys do (`data-key`), and says with `?` what they are. Held down, a key only goes on along a list. */
export function press(host: HTMLElement, key: string, isRepeat: boolean): void {
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (isRepeat) return;
  if (key === "o") return open();
  if (key === "?") return help(host);
  const found = whatAnswers(`[data-key="${key}"]`);
  found?.click();
  if (found instanceof HTMLInputElement) sayTicked(host, found);
}

const titles = (): readonly HTMLElement[] => [...document.querySelectorAll<HTMLElement>("main .row-title")];

// From the item in which the focus is, wherever in it.
const placeOf = (items: readonly HTMLElement[]): number =>
  items.findIndex((item) => item === document.activeElement || item.closest(".row")?.contains(document.activeElement));

function step(by: number): void {
  const items = titles();
  const at = placeOf(items);
  items[at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by]?.focus();
}

function open(): void {
  const items = titles();
  const item = items[placeOf(items)] ?? (document.activeElement as HTMLElement | null);
  (item?.querySelector("a") ?? item)?.click();
}

// Of the item that has the focus, else of the page; editing and answering mean its first item where none has it.
function whatAnswers(selector: string): HTMLElement | undefined {
  const row = document.activeElement?.closest(".row");
  const ofPage = [...document.querySelectorAll<HTMLElement>(selector)];
  const isLoose = (one: HTMLElement) => !one.closest(".row") || (!row && /"[er]"/.test(selector));
  return row?.querySelector<HTMLElement>(selector) ?? ofPage.find(isLoose);
}

// By `data-key-label`, or the words of what they press; and the keys of all lists.
function help(host: HTMLElement): void {
  const own = ownKeys();
  if (own.size === 0) return void (location.href = "/keys");
  host.append(host.querySelector<HTMLTemplateElement>("#own-keys")!.content.cloneNode(true));
  const dialog = host.querySelector<HTMLDialogElement>("dialog:last-child")!;
  dialog.querySelector("dl")!.prepend(...[...own].flatMap(([key, words]) => [term(key), meaning(words)]));
  dialog.querySelector("button")!.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

// The focus stays on the item, so that nobody would hear of it.
function sayTicked(host: HTMLElement, box: HTMLInputElement): void {
  const title = box.closest(".row")?.querySelector(".row-title")?.textContent.trim() ?? "";
  document.querySelector("#rk-live")!.textContent = `${box.checked ? host.dataset.ticked : host.dataset.unticked} ${title}`;
}

function ownKeys(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const one of document.querySelectorAll<HTMLElement>("main [data-key]")) {
    const key = one.dataset.key!;
    if (/^[a-z]$/.test(key) && !found.has(key)) found.set(key, one.dataset.keyLabel ?? one.textContent.trim());
  }
  return found;
}

function term(key: string): HTMLElement {
  const made = document.createElement("dt");
  made.append(document.createElement("kbd"));
  made.firstElementChild!.textContent = key;
  return made;
}

function meaning(words: string): HTMLElement {
  const made = document.createElement("dd");
  made.textContent = words;
  return made;
}
