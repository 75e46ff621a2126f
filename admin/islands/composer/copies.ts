import { askPreview, type CopyPreview } from "./ask-preview.ts";

const untouched = new WeakMap<HTMLTextAreaElement, string>();

/** The text somebody typed for one service; empty while the copy follows the post. */
export function ownTextIn(row: HTMLElement): string {
  const area = row.querySelector<HTMLTextAreaElement>("[name='copy-text[]']");
  return !area || untouched.get(area) === area.value ? "" : area.value.trim();
}

/** Shows what each service would get while the disclosure is open, and begins a text of one's own with what the service would get. */
export function showCopies(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>("#targets");
  const details = box?.querySelector<HTMLDetailsElement>(".copy-previews");
  if (!box || !details) return;
  details.hidden = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = async () => showCopyPreviews(form, (await askPreview(form)).copies);
  details.addEventListener("toggle", () => void (details.open && show()));
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (details.open) timer = setTimeout(() => void show(), 600);
  });
  for (const row of box.querySelectorAll<HTMLElement>(".target")) beginOwnText(form, row);
  // What nobody changed is no text of one's own: the copy goes on following the post.
  form.addEventListener("formdata", ({ formData }) => {
    const areas = [...box.querySelectorAll<HTMLTextAreaElement>("[name='copy-text[]']")];
    formData.delete("copy-text[]");
    for (const area of areas) formData.append("copy-text[]", untouched.get(area) === area.value ? "" : area.value);
  });
}

/** Shows the server's own answer about the copies in its disclosure. */
export function showCopyPreviews(form: HTMLFormElement, copies: readonly CopyPreview[]): void {
  const details = form.querySelector<HTMLElement>(".copy-previews");
  if (!details) return;
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
  details.querySelector("div")!.replaceChildren(...(sections.length > 0 ? sections : [details.dataset.none!]));
}

function beginOwnText(form: HTMLFormElement, row: HTMLElement): void {
  const area = row.querySelector<HTMLTextAreaElement>("[name='copy-text[]']");
  const details = area?.closest("details");
  const tick = row.querySelector<HTMLInputElement>("[name='mp-syndicate-to[]']")!;
  details?.addEventListener("toggle", () => void (details.open ? begin(area!, tick.value) : takeBack(area!)));
  if (details?.open) void begin(area!, tick.value);

  async function begin(into: HTMLTextAreaElement, uid: string): Promise<void> {
    if (into.value !== "") return;
    const preview = (await askPreview(form)).copies.find((copy) => copy.uid === uid)?.preview;
    const text = preview?.begin ?? preview?.text ?? "";
    if (text === "" || into.value !== "" || !details!.open) return;
    into.value = text;
    untouched.set(into, into.value);
  }

  function takeBack(from: HTMLTextAreaElement): void {
    if (untouched.get(from) === from.value) from.value = "";
  }
}
