import { showPhotoRows } from "./photo-rows.ts";
import { visibleLength } from "./visible-length.ts";

/** Counter, title that comes when the text grows long, photo rows, keys and live preview for the composer's form. */
export default class Composer extends HTMLElement {
  #spoken = "";
  #timer = 0;

  connectedCallback(): void {
    const form = this.querySelector("form")!;
    const text = form.querySelector<HTMLTextAreaElement>("#content")!;
    const title = form.querySelector<HTMLElement>(".title-field")!;
    const input = title.querySelector("input")!;
    this.classList.add("is-live");
    const isPage = form.querySelector<HTMLInputElement>("[name=kind]")!.value === "page";
    const update = () => {
      const { length, left } = visibleLength(text.value);
      title.hidden = !isPage && left >= 0 && input.value === "";
      this.#count(form.querySelector("output")!, length, left);
    };
    text.addEventListener("input", update);
    update();
    showPhotoRows(form);
    form.addEventListener("keydown", (event) => this.#keys(event, form, title));
    this.#previews(form, text);
  }

  #count(output: HTMLOutputElement, length: number, left: number): void {
    output.hidden = false;
    output.value = left >= 0 ? String(left) : `${length} – long post`;
    output.classList.toggle("near", left >= 0 && left <= 20);
    // Spoken only where it matters, not at every key.
    const say =
      left < 0 ? "Long post: a title can be added above the text." : [0, 10, 20].includes(left) ? `${left} characters left` : "";
    if (say !== "" && say !== this.#spoken) document.querySelector("#rk-live")!.textContent = say;
    this.#spoken = say;
  }

  #keys(event: KeyboardEvent, form: HTMLFormElement, title: HTMLElement): void {
    const button = (value: string) => form.querySelector<HTMLButtonElement>(`.actions [name=intent][value=${value}]`);
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(button("update") ?? button("publish") ?? button("draft"));
    } else if (isCommand && !event.shiftKey && event.key.toLowerCase() === "s" && button("draft")) {
      event.preventDefault();
      form.requestSubmit(button("draft"));
    } else if (event.altKey && event.key.toLowerCase() === "t") {
      event.preventDefault();
      title.hidden = false;
      title.querySelector("input")!.focus();
    }
  }

  #previews(form: HTMLFormElement, text: HTMLTextAreaElement): void {
    const section = form.querySelector<HTMLElement>(".live-preview")!;
    const show = async () => {
      const body = new URLSearchParams();
      for (const name of ["csrf", "blog", "name", "content", "lang"])
        body.set(name, form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? "");
      const answer = await fetch("/compose/preview", { method: "POST", body }).catch(() => null);
      if (answer?.ok) section.querySelector("iframe")!.srcdoc = await answer.text();
    };
    form.querySelector(".show-preview")!.addEventListener("click", (event) => {
      event.preventDefault();
      section.hidden = !section.hidden;
      if (!section.hidden) void show();
    });
    text.addEventListener("input", () => {
      clearTimeout(this.#timer);
      if (!section.hidden) this.#timer = setTimeout(show, 600) as unknown as number;
    });
  }
}
