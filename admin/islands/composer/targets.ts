import { visibleLength } from "../visible-length.ts";

/** What each service would get, as the server said it. */
export type CopyPreview = {
  readonly name: string;
  readonly preview: { readonly text: string; readonly notes: readonly string[] } | null;
};

/** Estimates, while somebody types, what each service would make of the text. */
export function estimateTargets(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("#targets");
  if (!box) return;
  const { title, photos, full, short, left } = box.dataset;
  const update = () => {
    const named = form.querySelector<HTMLInputElement>("[name=name]")!.value.trim() !== "";
    const count = form.querySelectorAll(".photo-rows > li").length;
    const { length } = visibleLength(form.querySelector<HTMLTextAreaElement>("#content")!.value);
    for (const row of box.querySelectorAll<HTMLElement>(".target")) {
      const tick = row.querySelector<HTMLInputElement>("[name='mp-syndicate-to[]']")!;
      if (tick.disabled || !tick.checked) continue;
      const chars = row.dataset.chars === undefined ? null : Number(row.dataset.chars) - length;
      const images = Number(row.dataset.images ?? Infinity);
      const some = () => photos!.replace("#1", String(images)).replace("#2", String(count));
      const said = named
        ? title!
        : count > images
          ? some()
          : chars === null
            ? full!
            : chars < 0
              ? short!
              : left!.replace("#", String(chars));
      row.querySelector(".estimate")!.textContent = said;
    }
  };
  form.addEventListener("input", update);
}

/** Shows the server's own answer about the copies in its disclosure. */
export function showCopyPreviews(form: HTMLFormElement, copies: readonly CopyPreview[]): void {
  const details = form.querySelector<HTMLElement>(".copy-previews");
  if (!details) return;
  details.hidden = copies.length === 0;
  const template = form.querySelector<HTMLTemplateElement>("#targets template")!;
  const sections = copies.map(({ name, preview }) => {
    const section = (template.content.cloneNode(true) as DocumentFragment).firstElementChild!;
    section.querySelector("h3")!.textContent = name;
    section.querySelector("p")!.textContent = preview?.text ?? "";
    section
      .querySelector("ul")!
      .append(...(preview?.notes ?? []).map((note) => Object.assign(document.createElement("li"), { textContent: note })));
    return section;
  });
  details.querySelector("div")!.replaceChildren(...sections);
}
