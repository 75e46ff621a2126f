type When = { readonly kinds?: readonly string[]; readonly audio?: true; readonly photos?: true };

/** Shows the parts of plugins that are for a post like the one in the form; what stands in the others stays there. */
export function showPanels(form: HTMLFormElement): void {
  const panels = [...form.querySelectorAll<HTMLElement>("fieldset.panel")];
  if (panels.length === 0) return;
  for (const about of form.querySelectorAll<HTMLElement>(".panel-about")) about.hidden = true;
  const has = (name: string) =>
    [...form.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)].some(({ value }) => value !== "");
  const update = () => {
    const [hasAudio, hasPhotos] = [has("audio[]"), has("photo[]")];
    const found = has("in-reply-to") ? "reply" : hasAudio ? "audio" : has("name") ? "article" : hasPhotos ? "photo" : "note";
    const kind = form.dataset.kind || found;
    for (const panel of panels) {
      const { kinds, audio, photos } = JSON.parse(panel.dataset.when!) as When;
      panel.hidden = (kinds && !kinds.includes(kind)) || (audio && !hasAudio) || (photos && !hasPhotos) || false;
    }
  };
  form.addEventListener("input", update);
  update();
}
