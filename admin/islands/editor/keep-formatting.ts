import { typeInto } from "./type-into.ts";

/** Offers, until the next edit, to turn what was just pasted into Markdown; the server knows how. */
export function offerFormatting(field: HTMLTextAreaElement, button: HTMLButtonElement, html: string): void {
  const before = field.value.length - (field.selectionEnd - field.selectionStart);
  const from = field.selectionStart;
  const done = new AbortController();
  const hide = () => {
    button.hidden = true;
    done.abort();
  };
  const keep = async (to: number) => {
    const body = new URLSearchParams({ csrf: field.form!.querySelector<HTMLInputElement>("[name=csrf]")!.value, html });
    const answer = await fetch("/compose/markdown", { method: "POST", body }).catch(() => null);
    if (!answer?.ok || done.signal.aborted) return;
    const insert = await answer.text();
    hide();
    typeInto(field, { from, to, insert, start: from + insert.length, end: from + insert.length });
  };
  // The paste itself is the first edit; the next one ends the offer.
  const show = () => {
    const to = from + field.value.length - before;
    button.hidden = false;
    button.addEventListener("click", () => void keep(to), { signal: done.signal });
    field.addEventListener("input", hide, { signal: done.signal });
  };
  field.addEventListener("input", show, { once: true, signal: done.signal });
}
