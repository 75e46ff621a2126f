import type CodeEditor from "./code-editor.ts";

type Found = { readonly line: number; readonly level: string; readonly message: string; readonly fix: string };
type Answer = { readonly url?: string; readonly message?: string; readonly found?: readonly Found[] };

const quiet = 600;

/** A form about looks beside the blog's own pages in them: shows what is not saved, and checks code, without leaving the page. */
export default class Design extends HTMLElement {
  readonly #form = this.querySelector<HTMLFormElement>("form[data-preview]")!;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;
  #isDirty = false;

  connectedCallback(): void {
    this.addEventListener("input", (event) => this.#changed(event.target as HTMLElement));
    this.addEventListener("click", (event) => {
      if ((event.target as Element).closest("[data-discard]")) this.#isDirty = false;
      const button = (event.target as Element).closest<HTMLButtonElement>("button[name=intent]");
      if (button?.value !== "preview" && button?.value !== "check") return;
      event.preventDefault();
      if (button.value === "check") void this.#check();
      else void this.#show();
    });
    this.#form.addEventListener("submit", () => (this.#isDirty = false));
    addEventListener("beforeunload", (event) => {
      if (this.#isDirty) event.preventDefault();
    });
    // Changed before this script came.
    const fields = [...this.#form.querySelectorAll<HTMLInputElement>("input, textarea")];
    const early = fields.find((one) => one.value !== one.defaultValue || one.checked !== one.defaultChecked);
    if (early) this.#changed(early);
  }

  #changed(field: HTMLElement): void {
    const isPage = field.id === "page";
    if ((field as HTMLInputElement).name === "shown-width") return;
    this.#isDirty ||= !isPage;
    clearTimeout(this.#timer);
    const isLive = this.dataset.live !== undefined;
    if (isLive || isPage) this.#timer = setTimeout(() => void this.#show(), isPage ? 0 : quiet);
  }

  async #show(): Promise<void> {
    const answer = await this.#ask("preview");
    if (!answer) return;
    this.querySelector(".shown .error")!.textContent = answer.message ?? "";
    if (answer.found) this.#list(answer.found);
    const frame = this.querySelector("iframe")!;
    if (answer.url === undefined) return;
    frame.parentElement!.hidden = false;
    frame.src = answer.url;
  }

  async #check(): Promise<void> {
    const answer = await this.#ask("check");
    if (answer?.found) this.#list(answer.found);
    else if (answer?.message) this.querySelector(".shown .error")!.textContent = answer.message;
  }

  // What was asked last counts; an answer that comes after a newer one is dropped.
  async #ask(intent: string): Promise<Answer | null> {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.#form)) if (typeof value === "string") body.append(name, value);
    body.set("intent", intent);
    const number = ++this.#asked;
    const answer = await fetch(this.#form.dataset.preview!, { method: "POST", body, headers: { accept: "application/json" } })
      .then((reply) => reply.json() as Promise<Answer>)
      .catch(() => null);
    return number === this.#asked ? answer : null;
  }

  #list(found: readonly Found[]): void {
    const box = this.querySelector<HTMLElement>(".found")!;
    const field = this.#form.querySelector("rk-code-editor textarea")!;
    const list = document.createElement("ul");
    for (const { line, level, message, fix } of found) {
      const item = list.appendChild(document.createElement("li"));
      item.className = level;
      if (line > 0) {
        const link = item.appendChild(document.createElement("a"));
        link.href = `#${field.id}`;
        link.dataset.line = String(line);
        link.textContent = box.dataset.line!.replace("{n}", String(line));
        item.append(" ");
      }
      item.append(message);
      if (fix) Object.assign(item.appendChild(document.createElement("p")), { className: "hint", textContent: fix });
    }
    box.replaceChildren(found.length > 0 ? list : Object.assign(document.createElement("p"), { textContent: box.dataset.sound }));
    box.classList.toggle("has-some", found.length > 0);
    const lines = found.filter(({ level }) => level !== "info").map(({ line }) => line);
    this.querySelector<CodeEditor>("rk-code-editor")?.mark?.(lines);
  }
}
