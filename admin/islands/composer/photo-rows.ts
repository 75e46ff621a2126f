const most = 10;
const largest = 20_000_000;

/** A row for each chosen picture, with its description from the first moment; files come by button, drop or paste. */
export function showPhotoRows(form: HTMLFormElement): PhotoRows {
  return new PhotoRows(form);
}

class PhotoRows {
  readonly #input: HTMLInputElement;
  readonly #list: HTMLUListElement;
  readonly #template: HTMLTemplateElement;
  readonly #leftOut: HTMLElement;
  #files: { file: File; row: HTMLElement }[] = [];

  constructor(form: HTMLFormElement) {
    const box = form.querySelector(".photos")!;
    this.#input = box.querySelector<HTMLInputElement>("input[type=file]")!;
    this.#list = box.querySelector<HTMLUListElement>(".photo-rows")!;
    this.#template = box.querySelector("template")!;
    this.#leftOut = box.querySelector<HTMLElement>("#photo-left-out")!;
    this.#input.multiple = true;
    // Without script one description stands ready; with it each picture brings its own, in the same order.
    box.querySelector(".plain-alt")!.remove();
    this.#input.addEventListener("change", () => this.#add([...(this.#input.files ?? [])]));
    form.addEventListener("dragover", (event) => event.preventDefault());
    form.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      event.preventDefault();
      this.#add([...event.dataTransfer.files]);
    });
    form.addEventListener("paste", (event) => this.#add([...(event.clipboardData?.files ?? [])]));
  }

  #add(chosen: readonly File[]): void {
    const pictures = chosen.filter((file) => file.type.startsWith("image/") && file.size <= largest);
    this.#tell(chosen.filter((file) => file.size > largest));
    for (const file of pictures) {
      if (this.#list.children.length >= most) break;
      this.#files.push({ file, row: this.#row(file) });
    }
    this.#sync();
  }

  // Said here, before anything is sent: a refusal by the server would come on a page of its own, away from the text.
  #tell(tooLarge: readonly File[]): void {
    this.#leftOut.hidden = tooLarge.length === 0;
    this.#leftOut.textContent = `${this.#leftOut.dataset.text} ${tooLarge.map((file) => file.name).join(", ")}`;
  }

  #row(file: File): HTMLElement {
    const row = (this.#template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
    const image = row.querySelector("img")!;
    image.src = URL.createObjectURL(file);
    image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
    row.querySelector(".file-name")!.textContent = file.name;
    const text = row.querySelector("textarea")!;
    text.id = `alt-${crypto.randomUUID()}`;
    row.querySelector("label")!.htmlFor = text.id;
    const note = row.querySelector<HTMLElement>(".no-alt")!;
    text.addEventListener("input", () => (note.hidden = text.value.trim() !== ""));
    row.querySelector("button")!.addEventListener("click", () => {
      this.#files = this.#files.filter((one) => one.row !== row);
      row.remove();
      this.#sync();
      this.#input.focus();
    });
    this.#list.append(row);
    return row;
  }

  // The input's files follow the rows, so that the form sends pictures and descriptions in one order.
  #sync(): void {
    const transfer = new DataTransfer();
    for (const { file } of this.#files) transfer.items.add(file);
    this.#input.files = transfer.files;
  }
}
