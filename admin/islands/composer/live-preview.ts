import { showCopyPreviews, type CopyPreview } from "./targets.ts";

/** The preview beside the text, in the blog's own theme: drawn by the server, again 600 ms after typing stops. */
export function previewLive(form: HTMLFormElement): void {
  const section = form.querySelector<HTMLElement>(".live-preview")!;
  const tool = form.querySelector<HTMLButtonElement>("[data-do=preview]")!;
  const trouble = section.querySelector<HTMLElement>(".error")!;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = async () => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
    const answer = await fetch("/compose/preview", { method: "POST", body, headers: { accept: "application/json" } }).catch(
      () => null,
    );
    const {
      url = "",
      message = "",
      copies = [],
    } = answer ? ((await answer.json().catch(() => ({}))) as { url?: string; message?: string; copies?: CopyPreview[] }) : {};
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
