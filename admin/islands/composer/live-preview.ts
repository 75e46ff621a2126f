import { askPreview } from "./ask-preview.ts";
import { showCopyPreviews } from "./copies.ts";

/** The preview beside the text, in the blog's own theme: drawn by the server, again 600 ms after typing stops. */
export function previewLive(form: HTMLFormElement): void {
  const section = form.querySelector<HTMLElement>(".live-preview")!;
  const tool = form.querySelector<HTMLButtonElement>("[data-do=preview]")!;
  const trouble = section.querySelector<HTMLElement>(".error")!;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = async () => {
    const { url, message, copies } = await askPreview(form);
    showCopyPreviews(form, copies);
    trouble.textContent = message;
    if (url !== "") section.querySelector("iframe")!.src = url;
  };
  const toggle = () => {
    section.hidden = !section.hidden;
    tool.ariaExpanded = String(!section.hidden);
    if (!section.hidden) void show();
  };
  tool.addEventListener("click", toggle);
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !section.hidden && !event.defaultPrevented) toggle();
  });
  form.querySelector("#content")!.addEventListener("input", () => {
    clearTimeout(timer);
    if (!section.hidden) timer = setTimeout(show, 600);
  });
}
