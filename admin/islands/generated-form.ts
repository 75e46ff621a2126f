/** Hides fields that do not count now, and keeps what stands beside a slider or a colour the same as it. */
export default class GeneratedForm extends HTMLElement {
  connectedCallback(): void {
    for (const colour of this.querySelectorAll<HTMLInputElement>("input[type=color]")) this.#pairColours(colour);
    for (const input of this.querySelectorAll<HTMLInputElement>("input[data-into]")) this.#takeFile(input);
    for (const range of this.querySelectorAll<HTMLInputElement>("input[type=range]")) this.#tell(range);
    for (const hint of this.querySelectorAll<HTMLElement>(".hangs")) hint.hidden = true;
    this.addEventListener("input", (event) => {
      const input = event.target as HTMLInputElement;
      if (input.type === "range") this.#tell(input);
      this.#hide();
    });
    this.#hide();
  }

  #tell(range: HTMLInputElement): void {
    range.nextElementSibling!.textContent = range.value;
  }

  // The text of a file goes into the field, where it can be seen and changed; the file itself is not sent.
  #takeFile(input: HTMLInputElement): void {
    input.parentElement!.hidden = false;
    input.addEventListener("change", async () => {
      const file = input.files?.[0];
      if (!file) return;
      const area = this.querySelector<HTMLTextAreaElement>(`textarea[name="${CSS.escape(input.dataset.into!)}"]`)!;
      // Far more than any field takes need not be read to be refused.
      area.value = await file.slice(0, 2_000_000).text();
      input.value = "";
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  #pairColours(colour: HTMLInputElement): void {
    const text = colour.previousElementSibling as HTMLInputElement;
    colour.hidden = false;
    colour.addEventListener("input", () => (text.value = colour.value));
    const follow = () => {
      if (/^#[0-9a-f]{6}$/i.test(text.value)) colour.value = text.value;
    };
    text.addEventListener("input", follow);
    follow();
  }

  #hide(): void {
    for (const part of this.querySelectorAll<HTMLElement>("[data-when]")) {
      const wanted = JSON.parse(part.dataset.when!) as Record<string, unknown>;
      part.hidden = !Object.entries(wanted).every(([key, value]) => [value].flat().some((one) => this.#has(key, String(one))));
    }
  }

  #has(key: string, value: string): boolean {
    const inputs = [...this.querySelectorAll<HTMLInputElement>(`[name="${this.dataset.names ?? "s-"}${key}"]`)];
    if (inputs[0]?.type === "checkbox" && inputs[0].value === "on") return String(inputs[0].checked) === value;
    return inputs.some((one) => (one.type === "radio" || one.type === "checkbox" ? one.checked : true) && one.value === value);
  }
}
