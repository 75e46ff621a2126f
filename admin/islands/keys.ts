const goes: Readonly<Record<string, string>> = { r: "/replies", p: "/posts", m: "/media", d: "/design" };

const typing = 'input:not([type="checkbox"]), textarea, select, [contenteditable], dialog';

/**
 * Keys that lead somewhere, and the list of places that Ctrl+K opens. Letters only count where nobody is typing. What a page's own
 * keys do stands in its markup (`data-key`), a plugin's too; `?` lists them.
 */
export default class Keys extends HTMLElement {
  #isGoing = false;
  #timer = 0;
  // Lists and what pages have of their own: fetched where there is some, else when a key is pressed.
  #own = document.querySelector("main .row-title, main [data-key]") ? import("./own-keys.ts") : undefined;

  connectedCallback(): void {
    document.addEventListener("keydown", (event) => {
      const isTyping = (event.target as Element).closest(typing) !== null;
      if (isTyping || event.altKey || event.isComposing) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") this.#open(event);
      else if (!event.ctrlKey && !event.metaKey && this.dataset.letters !== "off") this.#letter(event);
    });
  }

  #letter(event: KeyboardEvent): void {
    const wasGoing = this.#isGoing;
    this.#isGoing = event.key === "g" && !wasGoing;
    if (wasGoing) return this.#go(event.key);
    if (event.key === "/") this.#open(event);
    else if (event.key === "n") location.href = this.dataset.new!;
    else if (/^[a-z?]$/.test(event.key))
      void (this.#own ??= import("./own-keys.ts")).then((own) => own.press(this, event.key, event.repeat));
  }

  #go(key: string): void {
    const end = goes[key];
    if (key === "t") location.href = "/";
    else if (end && this.dataset.blog) location.href = this.dataset.blog + end;
  }

  #open(event: Event): void {
    event.preventDefault();
    let dialog = this.querySelector("dialog");
    if (!dialog) {
      this.append(this.querySelector("template")!.content.cloneNode(true));
      dialog = this.querySelector("dialog")!;
      this.#wire(dialog);
    }
    dialog.showModal();
    void this.#look(dialog);
  }

  #wire(dialog: HTMLDialogElement): void {
    const input = dialog.querySelector("input")!;
    dialog.querySelector("button")!.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.#look(dialog), 120) as unknown as number;
    });
    dialog.querySelector("form")!.addEventListener("submit", (event) => {
      const first = dialog.querySelector<HTMLAnchorElement>(".palette-found a");
      if (!first) return;
      event.preventDefault();
      location.href = first.href;
    });
    dialog.addEventListener("keydown", (event) => {
      const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (by === 0) return;
      event.preventDefault();
      const stops = [input, ...dialog.querySelectorAll<HTMLElement>(".palette-found a")];
      stops[Math.min(Math.max(stops.indexOf(document.activeElement as HTMLElement) + by, 0), stops.length - 1)]!.focus();
    });
  }

  async #look(dialog: HTMLDialogElement): Promise<void> {
    const words = dialog.querySelector("input")!.value;
    const answer = await fetch(`/find?q=${encodeURIComponent(words)}`).catch(() => null);
    if (!answer?.ok || dialog.querySelector("input")!.value !== words) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("#found");
    if (!found) return;
    const list = dialog.querySelector(".palette-found")!;
    const hadFocus = list.contains(document.activeElement);
    list.replaceChildren(...document.importNode(found, true).children);
    if (hadFocus) (list.querySelector("a") ?? dialog.querySelector("input")!).focus();
  }
}
