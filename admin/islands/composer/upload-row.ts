/** Shows how far the upload of a row is. */
export function show(element: HTMLElement, state: "running" | "failed" | "done", message = ""): void {
  element.querySelector<HTMLElement>(".upload")!.hidden = state !== "running";
  element.querySelector<HTMLElement>("[data-do=retry]")!.hidden = state !== "failed";
  const error = element.querySelector<HTMLElement>(".error")!;
  error.hidden = state !== "failed";
  error.textContent = message;
}

/** The size of a file in the reader’s words. */
export function sizeOf(file: Pick<Blob, "size">): string {
  const style = { style: "unit", unit: file.size < 1_000_000 ? "kilobyte" : "megabyte", maximumFractionDigits: 1 } as const;
  const value = file.size / (file.size < 1_000_000 ? 1_000 : 1_000_000);
  return new Intl.NumberFormat(document.documentElement.lang, style).format(value);
}

/** The form that files of a composer go up with: to the library of the blog that is chosen now. */
export function uploadForm(composer: HTMLFormElement): HTMLFormElement {
  const form = document.createElement("form");
  form.action = `/b/${composer.querySelector<HTMLInputElement>("[name=blog]")!.value}/media`;
  form.append(composer.querySelector("[name=csrf]")!.cloneNode());
  return form;
}
