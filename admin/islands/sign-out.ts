import { forget } from "./composer/journal.ts";
import { unsent } from "./composer/unsent.ts";

/** Around the sign-out button: what this device keeps of anybody's texts goes, after a question when the server lacks some of it. */
export default class SignOut extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form")!;
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      void this.#leave(form);
    });
  }

  async #leave(form: HTMLFormElement): Promise<void> {
    if ((await unsent(() => true)) && !confirm(this.dataset.question)) return;
    document.dispatchEvent(new Event("rk-forget"));
    await forget();
    form.submit();
  }
}
