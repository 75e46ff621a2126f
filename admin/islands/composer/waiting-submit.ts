/** Files of a form that are on their way, and those that failed. */
export type Uploads = { readonly running: ReadonlySet<unknown>; readonly failed: ReadonlySet<unknown> };

/**
 * Keeps a form from leaving before its files have arrived, and says so in `notice()`, by the words of `box`; its button sends the
 * form without them. Call `go` whenever a file arrived or failed.
 */
export class WaitingSubmit {
  readonly #form: HTMLFormElement;
  readonly #box: HTMLElement;
  readonly #notice: HTMLElement;
  readonly #uploads: Uploads;
  #submitter: HTMLElement | null = null;
  #goesWithout = false;

  constructor(form: HTMLFormElement, parts: { box: HTMLElement; notice: HTMLElement; uploads: Uploads }) {
    this.#form = form;
    this.#box = parts.box;
    this.#notice = parts.notice;
    this.#uploads = parts.uploads;
  }

  /** Begins; `capture` asks before the composer's own listeners, for which a form that waits has not left. */
  listen(options: { readonly capture?: boolean } = {}): void {
    this.#form.addEventListener("submit", (event) => this.#wait(event), options);
    this.#notice.querySelector("button")!.addEventListener("click", () => {
      this.#goesWithout = true;
      this.go();
    });
  }

  /** Sends the form that waits once nothing is missing, or says what is. */
  go(): void {
    if (!this.#submitter) return;
    const { waits, stays } = this.#box.dataset;
    const { running } = this.#uploads;
    this.#notice.hidden = this.#isOver;
    this.#notice.querySelector("p")!.textContent = running.size > 0 ? waits!.replace("#", String(running.size)) : stays!;
    if (!this.#isOver) return;
    const submitter = this.#submitter;
    this.#submitter = null;
    this.#form.requestSubmit(submitter);
  }

  get #isOver(): boolean {
    return this.#goesWithout || this.#uploads.running.size + this.#uploads.failed.size === 0;
  }

  #wait(event: SubmitEvent): void {
    if (this.#isOver) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#submitter = event.submitter;
    this.go();
  }
}
