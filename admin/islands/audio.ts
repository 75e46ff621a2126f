import { show, sizeOf, uploadForm } from "./composer/upload-row.ts";
import { waitForFiles } from "./composer/wait-for-files.ts";
import { sendFile } from "./send-file.ts";

type Row = {
  readonly element: HTMLElement;
  readonly file: File;
  readonly key: string;
  stop: AbortController;
  onStored?: () => void;
};

/** A recording that is ready to go up with the post; `onStored` is called when the library has it. */
export type Recorded = CustomEvent<{ readonly file: File; onStored(): void }>;

/** Sound of the composer: a row at once for each file, by button, drop, paste or from the recorder; it goes up while the text is written. */
export default class AudioRows extends HTMLElement {
  readonly #running = new Set<Row>();
  readonly #failed = new Set<Row>();
  #go = () => {};

  connectedCallback(): void {
    this.#list.addEventListener("click", (event) => this.#remove(event));
    const notice = this.querySelector<HTMLElement>("#audio-waits")!;
    const uploads = { running: this.#running, failed: this.#failed };
    this.#go = waitForFiles(this.#form, this.#box, notice, uploads);
    this.#listenToFiles();
    this.#listenToLibrary();
    this.querySelector("button[value=add-file]")?.remove();
    this.addEventListener("rk-recorded", (event) => {
      const { file, onStored } = (event as Recorded).detail;
      this.#send({ ...this.#rowFor(file), onStored });
    });
  }

  get #form(): HTMLFormElement {
    return this.closest("form")!;
  }

  get #box(): HTMLElement {
    return this.querySelector<HTMLElement>("fieldset.audio")!;
  }

  get #list(): HTMLElement {
    return this.querySelector<HTMLElement>(".audio-rows")!;
  }

  #listenToFiles(): void {
    const input = this.querySelector<HTMLInputElement>("#audio-file");
    if (!input) return;
    input.multiple = true;
    // The files are sent by themselves; the form names what arrived.
    input.removeAttribute("name");
    const take = () => {
      this.#add([...(input.files ?? [])]);
      input.value = "";
    };
    input.addEventListener("change", take);
    // Chosen before this script came.
    take();
    const sounds = (files: FileList | undefined) => [...(files ?? [])].filter(({ type }) => type.startsWith("audio/"));
    document.addEventListener("drop", (event) => this.#add(sounds(event.dataTransfer?.files)));
    this.#form.addEventListener("paste", (event) => this.#add(sounds(event.clipboardData?.files)));
  }

  #listenToLibrary(): void {
    const select = this.querySelector<HTMLSelectElement>("#audio-library");
    if (!select) return;
    select.removeAttribute("name");
    const take = () => {
      const [option] = select.selectedOptions;
      if (!option?.value) return;
      const { url, facts, rare } = option.dataset;
      const element = this.#row(option.text, facts!);
      element.querySelector("audio")!.src = url!;
      element.querySelector<HTMLElement>(".upload")!.hidden = true;
      this.#stands(element, option.value, rare === "yes");
      option.remove();
      select.value = "";
    };
    select.addEventListener("change", take);
    take();
  }

  #add(files: readonly File[]): void {
    const { bytes, large, kind } = this.#box.dataset;
    const problems: string[] = [];
    for (const file of files) {
      // Some browsers call a recording a film; the server listens.
      const problem = !/^(audio|video)\//.test(file.type) ? kind! : file.size > Number(bytes) ? large! : null;
      if (problem) problems.push(problem.replace("#", file.name));
      else this.#send(this.#rowFor(file));
    }
    const said = this.querySelector<HTMLElement>("#audio-left-out")!;
    said.hidden = problems.length === 0;
    said.textContent = problems.join(" ");
  }

  #rowFor(file: File): Row {
    const element = this.#row(file.name, sizeOf(file));
    element.querySelector("audio")!.src = URL.createObjectURL(file);
    const row: Row = { element, file, key: crypto.randomUUID(), stop: new AbortController() };
    element.querySelector("[data-do=retry]")!.addEventListener("click", () => this.#send(row));
    element.querySelector("[data-do=cancel]")!.addEventListener("click", () => this.#takeOut(element));
    element.addEventListener("rk-remove", () => {
      row.stop.abort();
      this.#running.delete(row);
      this.#failed.delete(row);
      this.#go();
    });
    return row;
  }

  #row(name: string, facts: string): HTMLElement {
    const template = this.querySelector("template")!;
    const element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    element.querySelector(".file-name")!.textContent = name;
    element.querySelector(".facts")!.textContent = facts;
    element.querySelector("audio")!.setAttribute("aria-label", name);
    element.querySelector("progress")!.setAttribute("aria-label", name);
    const title = element.querySelector<HTMLInputElement>(".field input")!;
    title.id = `audio-title-${crypto.randomUUID()}`;
    element.querySelector("label")!.htmlFor = title.id;
    for (const button of element.querySelectorAll("button[aria-label]"))
      button.setAttribute("aria-label", button.getAttribute("aria-label")!.replace("#", name));
    this.#list.append(element);
    return element;
  }

  #send(row: Row): void {
    row.stop = new AbortController();
    row.element.querySelector("progress")!.max = row.file.size;
    this.#failed.delete(row);
    this.#running.add(row);
    show(row.element, "running");
    void this.#up(row);
  }

  async #up(row: Row): Promise<void> {
    const { element, file, key, stop } = row;
    const bar = element.querySelector("progress")!;
    const onProgress = (sent: number) => (bar.value = sent);
    const answer = await sendFile(file, { form: uploadForm(this.#form), key, signal: stop.signal, onProgress });
    if (stop.signal.aborted) return;
    this.#running.delete(row);
    const stored = answer.ok ? (answer.file as typeof answer.file & { type: string }) : null;
    const isSound = stored?.type.startsWith("audio/");
    if (stored && isSound) {
      show(element, "done");
      this.#stands(element, stored.id, !/^audio\/(mpeg|mp4)$/.test(stored.type));
      row.onStored?.();
    } else {
      this.#failed.add(row);
      show(element, "failed", answer.ok ? this.#box.dataset.kind!.replace("#", file.name) : answer.message);
    }
    this.#go();
  }

  // From now on the form names it, with its title: they are matched by their order.
  #stands(element: HTMLElement, id: string, isRare: boolean): void {
    const value = element.querySelector<HTMLInputElement>("[name='audio[]']")!;
    value.disabled = false;
    value.value = id;
    element.querySelector<HTMLInputElement>(".field input")!.name = "mp-audio-title[]";
    element.querySelector<HTMLElement>(".is-rare")!.hidden = !isRare;
    this.#changed();
  }

  #remove(event: Event): void {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name=intent]");
    if (!button) return;
    event.preventDefault();
    this.#takeOut(button.closest("li")!);
  }

  #takeOut(element: HTMLElement): void {
    element.dispatchEvent(new Event("rk-remove"));
    element.remove();
    this.#changed();
    (this.querySelector<HTMLElement>("#audio-file") ?? this.#box).focus();
  }

  #changed(): void {
    this.#form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
