const [longest, lead] = [2_000, 80];

/** Words selected in a text go into the form below it, which then stays in sight; without script they are typed or pasted there. */
export default class Quote extends HTMLElement {
  connectedCallback(): void {
    const text = this.querySelector<HTMLElement>("[data-quote-from]")!;
    const form = this.querySelector("form")!;
    document.addEventListener("selectionchange", () => {
      const range = this.#rangeIn(text);
      if (range) this.#take(form, text, range);
    });
    form.addEventListener("input", () => {
      // Words that were typed may stand anywhere.
      this.#field<HTMLInputElement>(form, "lead").value = "";
      form.classList.remove("stays");
    });
  }

  #rangeIn(text: HTMLElement): Range | null {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    return text.contains(range.commonAncestorContainer) ? range : null;
  }

  #take(form: HTMLFormElement, text: HTMLElement, range: Range): void {
    const words = String(document.getSelection()).trim();
    if (words === "" || words.length > longest) return;
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    this.#field<HTMLTextAreaElement>(form, "quote").value = words;
    // What stands before says which of several equal places is meant.
    this.#field<HTMLInputElement>(form, "lead").value = before.toString().replace(/\s+/g, " ").slice(-lead);
    form.classList.add("stays");
  }

  #field<E extends Element>(form: HTMLFormElement, name: string): E {
    return form.querySelector<E>(`[name="${name}"]`)!;
  }
}
