import type { ShowTitle } from "./counting.ts";

/** The composer's keys: Ctrl+Enter publishes, Ctrl+S saves, Ctrl+Shift+P shows the preview, Alt+T goes to the title. */
export function listenToKeys(form: HTMLFormElement, showTitle: ShowTitle, save: () => void): void {
  const button = (value: string) => form.querySelector<HTMLButtonElement>(`.actions [name=intent][value=${value}]`);
  form.addEventListener("keydown", (event) => {
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(button("update") ?? button("publish") ?? button("draft"));
    } else if (isCommand && !event.shiftKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    } else if (isCommand && event.shiftKey && event.key.toLowerCase() === "p") {
      event.preventDefault();
      form.querySelector<HTMLButtonElement>("[data-do=preview]")!.click();
    } else if (event.altKey && event.key.toLowerCase() === "t") {
      event.preventDefault();
      showTitle();
    }
  });
}
