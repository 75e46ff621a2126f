import { visibleLength } from "../visible-length.ts";

/** Shows a title field that was hidden, and goes there. */
export type ShowTitle = () => void;

/** The counter under the text, and the title that comes above it when the text grows long. Information, never a block. */
export function countCharacters(form: HTMLFormElement): ShowTitle {
  const text = form.querySelector<HTMLTextAreaElement>("#content")!;
  const title = form.querySelector<HTMLElement>(".title-field")!;
  const input = title.querySelector("input")!;
  const output = form.querySelector<HTMLOutputElement>("output.counter")!;
  const isPage = form.querySelector<HTMLInputElement>("[name=kind]")!.value === "page";
  let spoken = "";
  const update = () => {
    const { length, left } = visibleLength(text.value);
    title.hidden = !isPage && left >= 0 && input.value === "";
    output.hidden = false;
    output.value = left >= 0 ? String(left) : output.dataset.long!.replace("#", String(length));
    output.classList.toggle("near", left >= 0 && left <= 20);
    // Spoken only where it matters, not at every key.
    const say = left < 0 ? output.dataset.crossed! : (output.dataset[`left-${left}`] ?? "");
    if (say !== "" && say !== spoken) document.querySelector("#rk-live")!.textContent = say;
    spoken = say;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    // A book is counted when its writer pauses.
    if (text.value.length < 5_000) update();
    else timer = setTimeout(update, 300);
  });
  update();
  return () => {
    title.hidden = false;
    input.focus();
  };
}
