import { sendFile } from "../send-file.ts";
import { letRowsMove } from "./photo-order.ts";
import { show, sizeOf, uploadForm } from "./upload-row.ts";
import { waitForFiles } from "./wait-for-files.ts";

type Row = { readonly element: HTMLElement; readonly file: File; readonly key: string; stop: AbortController };

/** Photos of the composer: a row at once for each, by button, drop or paste; it goes up while its description is written. */
export function showPhotoRows(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("fieldset.photos")!;
  if (box.dataset.upload === "yes") new PhotoRows(form, box).listen();
  letRowsMove(form, box);
}

class PhotoRows {
  readonly #form: HTMLFormElement;
  readonly #box: HTMLElement;
  readonly #list: HTMLElement;
  readonly #running = new Set<Row>();
  readonly #failed = new Set<Row>();
  #go = () => {};
  // Written about a photo before this script came.
  #early = "";

  constructor(form: HTMLFormElement, box: HTMLElement) {
    this.#form = form;
    this.#box = box;
    this.#list = box.querySelector(".photo-rows")!;
  }

  /** Takes files from now on. */
  listen(): void {
    const form = this.#form;
    const input = this.#box.querySelector<HTMLInputElement>("input[type=file]")!;
    input.multiple = true;
    // The files are sent by themselves; the form names what arrived.
    input.removeAttribute("name");
    const take = () => {
      this.#add([...(input.files ?? [])]);
      input.value = "";
    };
    input.addEventListener("change", take);
    document.addEventListener("dragover", (event) => event.dataTransfer?.types.includes("Files") && event.preventDefault());
    document.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.#add([...event.dataTransfer.files]);
    });
    form.addEventListener("paste", (event) => this.#add([...(event.clipboardData?.files ?? [])]));
    const notice = form.querySelector<HTMLElement>(".waits")!;
    this.#go = waitForFiles(form, this.#box, notice, { running: this.#running, failed: this.#failed });
    this.#takeEarly(take);
  }

  // What was chosen and described before this script came goes on in a row, where the cursor was.
  #takeEarly(take: () => void): void {
    const plain = this.#box.querySelector<HTMLElement>(".plain-alt")!;
    const isTyping = plain.contains(document.activeElement);
    this.#early = plain.querySelector("textarea")!.value;
    plain.remove();
    take();
    if (isTyping) this.#field.focus();
  }

  get #field(): HTMLElement {
    return this.#list.querySelector<HTMLElement>("li:last-child textarea") ?? this.#box.querySelector<HTMLElement>("#file")!;
  }

  #add(all: readonly File[]): void {
    const files = all.filter(({ type }) => !type.startsWith("audio/") || !this.#form.querySelector("#audio-file"));
    const { most, bytes, heic, kind, large, many } = this.#box.dataset;
    const problems: string[] = [];
    for (const file of files) {
      const isHeic = /heic|heif/i.test(file.type) || /\.hei[cf]$/i.test(file.name);
      const problem = isHeic ? heic! : !file.type.startsWith("image/") ? kind! : file.size > Number(bytes) ? large! : null;
      if (problem) problems.push(problem.replace("#", file.name));
      else if (this.#list.children.length < Number(most)) this.#send(this.#row(file));
      else if (!problems.includes(many!)) problems.push(many!);
    }
    const said = this.#box.querySelector<HTMLElement>("#photo-left-out")!;
    said.hidden = problems.length === 0;
    said.textContent = problems.join(" ");
  }

  #row(file: File): Row {
    const template = this.#box.querySelector("template")!;
    const element = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const image = element.querySelector("img")!;
    image.src = URL.createObjectURL(file);
    element.querySelector(".file-name")!.textContent = `${file.name} · ${sizeOf(file)}`;
    element.querySelector("progress")!.setAttribute("aria-label", file.name);
    const text = element.querySelector("textarea")!;
    text.value = this.#early;
    this.#early = "";
    text.id = `alt-${crypto.randomUUID()}`;
    element.querySelector("label")!.htmlFor = text.id;
    for (const button of element.querySelectorAll("button[aria-label]"))
      button.setAttribute("aria-label", button.getAttribute("aria-label")!.replace("#", file.name));
    const row: Row = { element, file, key: crypto.randomUUID(), stop: new AbortController() };
    element.querySelector("[data-do=retry]")!.addEventListener("click", () => this.#send(row));
    const end = () => {
      row.stop.abort();
      this.#running.delete(row);
      this.#failed.delete(row);
      this.#go();
    };
    element.addEventListener("rk-remove", end);
    element.querySelector("[data-do=cancel]")!.addEventListener("click", () => {
      end();
      element.remove();
      this.#box.querySelector<HTMLElement>("#file")!.focus();
    });
    this.#list.append(element);
    return row;
  }

  #send(row: Row): void {
    const { element, file } = row;
    row.stop = new AbortController();
    const bar = element.querySelector("progress")!;
    bar.max = file.size;
    this.#failed.delete(row);
    this.#running.add(row);
    show(element, "running");
    void this.#up(row, (sent) => (bar.value = sent));
  }

  async #up(row: Row, onProgress: (sent: number) => void): Promise<void> {
    const { element, file, key, stop } = row;
    const answer = await sendFile(file, { form: uploadForm(this.#form), key, signal: stop.signal, onProgress });
    if (stop.signal.aborted) return;
    this.#running.delete(row);
    if (answer.ok) this.#arrived(element, answer.file);
    else {
      this.#failed.add(row);
      show(element, "failed", answer.message);
    }
    this.#go();
  }

  #arrived(element: HTMLElement, { id, url }: { id: string; url: string }): void {
    show(element, "done");
    element.dataset.url = url;
    const value = element.querySelector<HTMLInputElement>("[name='photo[]']")!;
    value.disabled = false;
    value.value = id;
    element.querySelector<HTMLInputElement>("[name='photo-decorative[]']")!.value = id;
    // A description is sent with its photo, never before: they are matched by their order.
    element.querySelector("textarea")!.name = "mp-photo-alt[]";
    this.#form.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
