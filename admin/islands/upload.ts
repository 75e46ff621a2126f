import { sendFile } from "./send-file.ts";

/** Files by button, drop or paste go up at once, two at a time, each with its progress; without script the form sends them. */
export default class Upload extends HTMLElement {
  #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  #failed = 0;
  #arrived = 0;

  connectedCallback(): void {
    const input = this.querySelector<HTMLInputElement>("input[type=file]")!;
    this.querySelector<HTMLElement>("button[type=submit]")!.hidden = true;
    const take = () => {
      this.#add([...(input.files ?? [])]);
      input.value = "";
    };
    input.addEventListener("change", take);
    // Chosen before this script came.
    take();
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.#add([...event.dataTransfer.files]);
    });
    document.addEventListener("paste", (event) => this.#add([...(event.clipboardData?.files ?? [])]));
    // Leaving the page would break off what is on its way.
    addEventListener("beforeunload", (event) => {
      if (this.#running > 0) event.preventDefault();
    });
  }

  #add(files: readonly File[]): void {
    const list = this.querySelector<HTMLElement>(".uploads")!;
    for (const file of files) {
      const row = document.createElement("li");
      row.className = "row";
      list.append(row);
      list.hidden = false;
      this.#queue(row, file, crypto.randomUUID());
    }
  }

  #queue(row: HTMLElement, file: File, key: string): void {
    const stop = new AbortController();
    const bar = Object.assign(document.createElement("progress"), { max: file.size, value: 0 });
    const state = document.createElement("span");
    state.textContent = this.dataset.waiting!;
    bar.setAttribute("aria-label", file.name);
    const cancel = this.#button(this.dataset.cancel!, () => {
      stop.abort();
      row.remove();
    });
    row.replaceChildren(`${file.name} `, bar, " ", state, cancel);
    const work = async () => {
      if (stop.signal.aborted) return;
      state.textContent = "";
      const form = this.querySelector("form")!;
      const answer = await sendFile(file, { form, key, signal: stop.signal, onProgress: (bytes) => (bar.value = bytes) });
      if (stop.signal.aborted) return;
      bar.remove();
      cancel.remove();
      if (answer.ok) {
        this.#arrived++;
        const link = Object.assign(document.createElement("a"), {
          href: `${form.action}/${answer.file.id}`,
          textContent: file.name,
        });
        row.firstChild!.replaceWith(link, " ");
      } else {
        this.#failed++;
        row.append(this.#button(this.dataset.retry!, () => (this.#failed--, this.#queue(row, file, key))));
      }
      state.textContent = answer.ok ? this.dataset.done! : `${this.dataset.failed} ${answer.message}`;
      document.querySelector("#rk-live")!.textContent = `${file.name}: ${state.textContent}`;
    };
    this.#waiting.push(work);
    void this.#next();
  }

  async #next(): Promise<void> {
    const work = this.#running < 2 ? this.#waiting.shift() : undefined;
    if (!work) return;
    this.#running++;
    await work();
    this.#running--;
    if (this.#waiting.length > 0) return this.#next();
    // What failed stays on the page, with the reason and another try.
    if (this.#running === 0 && this.#failed === 0 && this.#arrived > 0) location.reload();
  }

  #button(text: string, run: () => void): HTMLButtonElement {
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button small plain",
      textContent: text,
    });
    button.addEventListener("click", run);
    return button;
  }
}
