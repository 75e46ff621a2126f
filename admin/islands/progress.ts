/** Loads its part of the page again while a job runs; without script the page has a link for it. */
export default class Progress extends HTMLElement {
  #timer = 0;

  connectedCallback(): void {
    if (this.dataset.running === "yes") this.#timer = setTimeout(() => void this.#look(), 1500) as unknown as number;
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
  }

  async #look(): Promise<void> {
    const answer = await fetch(location.href).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
    const next = page?.querySelector("rk-progress");
    if (next) this.replaceWith(document.importNode(next, true));
    else this.#timer = setTimeout(() => void this.#look(), 5000) as unknown as number;
  }
}
