/** The preview beside the text: drawn by the server, again 600 ms after typing stops. */
export function previewLive(form: HTMLFormElement): void {
  const section = form.querySelector<HTMLElement>(".live-preview")!;
  let timer: ReturnType<typeof setTimeout> | undefined;
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
  form.querySelector("#content")!.addEventListener("input", () => {
    clearTimeout(timer);
    if (!section.hidden) timer = setTimeout(show, 600);
  });
}
