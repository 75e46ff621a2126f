/** What the server says of a chosen time: words under it, and what the button will say. */
type Answer = { readonly words: string; readonly note: string; readonly other: string; readonly button: string } | null;

/** Keeps the words under the chosen time, and the button, true while somebody chooses it. */
export function showWhen(form: HTMLFormElement): void {
  const box = form.querySelector<HTMLElement>(".when-fields")!;
  const input = form.querySelector<HTMLInputElement>("[name=published]")!;
  const choices = [...box.querySelectorAll<HTMLInputElement>("[name=when]")];
  const date = box.querySelector<HTMLElement>(".when-date")!;
  const button = form.querySelector<HTMLElement>(".actions [name=intent][value=publish]");
  const chosen = () => choices.find((one) => one.checked)?.value ?? "date";
  let asked = 0;
  const show = (answer: Answer) => {
    box.querySelector(".when-words")!.textContent = answer?.words ?? "";
    box.querySelector(".when-note")!.textContent = answer?.note ?? "";
    if (answer) box.querySelector(".when-other")!.textContent = answer.other;
    if (button) button.textContent = answer && chosen() === "schedule" ? answer.button : box.dataset.publish!;
  };
  const update = async () => {
    date.hidden = chosen() === "now";
    const turn = ++asked;
    if (chosen() === "now" || input.value === "") return show(null);
    const query = new URLSearchParams({ blog: box.dataset.blog!, published: input.value });
    const answer = await fetch(`/compose/when?${query}`, { headers: { accept: "application/json" } }).catch(() => null);
    if (turn === asked && answer?.ok) show((await answer.json()) as Answer);
  };
  for (const choice of choices)
    choice.addEventListener("change", () => {
      if (chosen() === "now") input.value = "";
      void update();
    });
  input.addEventListener("change", () => {
    const isNow = choices.find((one) => one.value === "now" && one.checked);
    // A date that somebody typed is meant.
    if (isNow && input.value !== "") choices.find((one) => one.value === "schedule")!.checked = true;
    void update();
  });
  box.querySelector<HTMLButtonElement>("button[value^='at:']")?.addEventListener("click", (event) => {
    event.preventDefault();
    input.value = (event.currentTarget as HTMLButtonElement).value.slice(3);
    choices.find((one) => one.value === "schedule")!.checked = true;
    form.dispatchEvent(new Event("input", { bubbles: true }));
    void update();
  });
  date.hidden = chosen() === "now";
  // Chosen before this script came.
  const early = choices.find((one) => one.checked && !one.defaultChecked) ?? (input.value === input.defaultValue ? null : input);
  early?.dispatchEvent(new Event("change"));
}
