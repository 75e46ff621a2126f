/** A form for going through many things: the cursor stands in its text, Ctrl+Enter sends it. */
export default class QuickSend extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form")!;
    // Somebody may have begun to type already.
    if (!document.querySelector("#errors") && document.activeElement === document.body) form.querySelector("textarea")?.focus();
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }
}
