import { typeInto } from "./type-into.ts";

type Person = { readonly name: string; readonly handle: string; readonly url: string };

/** Offers the people known here behind an `@`: arrows choose, Enter takes, Escape closes, Tab leaves as ever. */
export class Completion {
  readonly #field: HTMLTextAreaElement;
  readonly #list: HTMLElement;
  #people: Promise<readonly Person[]> | undefined;
  #found: readonly Person[] = [];
  #at = 0;
  #isOff = false;

  constructor(field: HTMLTextAreaElement, list: HTMLElement) {
    this.#field = field;
    this.#list = list;
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.addEventListener("input", () => void this.look());
    field.addEventListener("blur", () => this.#close());
    field.addEventListener("keydown", (event) => this.#keys(event), { capture: true });
    list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const at = [...list.children].indexOf((event.target as Element).closest("li")!);
      if (at >= 0) this.#take(this.#found[at]!);
    });
  }

  /** Looks at what stands before the cursor. */
  async look(): Promise<void> {
    const typed = this.#typed();
    if (typed === null) {
      this.#isOff = false;
      return this.#close();
    }
    const blog = this.#field.form!.querySelector<HTMLInputElement>("[name=blog]")!.value;
    this.#people ??= fetch(`/compose/people?blog=${blog}`, { headers: { accept: "application/json" } }).then(
      async (answer) => (answer.ok ? ((await answer.json()) as { people: Person[] }).people : []),
      () => [],
    );
    const people = await this.#people;
    if (this.#typed() !== typed || this.#isOff) return;
    const wanted = typed.toLocaleLowerCase();
    const has = (words: string) =>
      words
        .toLocaleLowerCase()
        .split(/[\s@]/)
        .some((word) => word.startsWith(wanted));
    this.#show(people.filter(({ name, handle }) => has(name) || has(handle)).slice(0, 6));
  }

  #typed(): string | null {
    const before = this.#field.value.slice(0, this.#field.selectionStart);
    return /(?:^|[\s(])@([\p{L}\p{N}_.-]{0,30})$/u.exec(before)?.[1] ?? null;
  }

  #show(found: readonly Person[]): void {
    this.#found = found;
    this.#list.replaceChildren(
      ...found.map(({ name, handle }, at) => {
        const item = document.createElement("li");
        item.id = `${this.#list.id}-${at}`;
        item.role = "option";
        item.textContent = name === handle ? name : `${name} · ${handle}`;
        return item;
      }),
    );
    this.#list.hidden = found.length === 0;
    this.#choose(0);
  }

  #choose(at: number): void {
    this.#at = (at + this.#found.length) % (this.#found.length || 1);
    for (const [index, item] of [...this.#list.children].entries()) item.ariaSelected = String(index === this.#at);
    if (this.#list.hidden) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `${this.#list.id}-${this.#at}`);
  }

  #close(): void {
    if (!this.#list.hidden) this.#show([]);
  }

  #keys(event: KeyboardEvent): void {
    if (this.#list.hidden || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") this.#choose(this.#at + 1);
    else if (event.key === "ArrowUp") this.#choose(this.#at - 1);
    else if (event.key === "Enter") this.#take(this.#found[this.#at]!);
    else if (event.key === "Escape") {
      this.#isOff = true;
      this.#close();
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #take({ name, handle, url }: Person): void {
    const to = this.#field.selectionStart;
    const from = to - (this.#typed() ?? "").length - 1;
    const insert = url === "" ? `@${handle} ` : `[@${name.replace(/[[\]\\]/g, "\\$&")}](${url}) `;
    this.#close();
    typeInto(this.#field, { from, to, insert, start: from + insert.length, end: from + insert.length });
  }
}
