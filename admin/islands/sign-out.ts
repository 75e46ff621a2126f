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
    const recordings = await import("./recorder/kept.ts");
    const isKept = (await unsent(() => true)) ?? (await recordings.isAnythingKept());
    if (isKept && !confirm(this.dataset.question)) return;
    document.dispatchEvent(new Event("rk-forget"));
    await forget();
    await recordings.forgetRecording();
    form.submit();
  }
}
