/** A button that copies the field beside it; without script the field can be selected. */
export default class Copy extends HTMLElement {
  connectedCallback(): void {
    const input = this.querySelector("input")!;
    const button = this.querySelector("button")!;
    button.hidden = false;
    button.addEventListener("click", async () => {
      input.select();
      await navigator.clipboard.writeText(input.value).catch(() => document.execCommand("copy"));
      document.querySelector("#rk-live")!.textContent = this.dataset.done!;
      button.textContent = this.dataset.done!;
    });
  }
}
