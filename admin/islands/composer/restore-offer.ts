import { clockTime } from "./clock.ts";
import { write, type Entry } from "./journal.ts";

/** Shows, above a form, what this device has of an entry, with what can be done about it. */
export function showOffer(form: HTMLFormElement, entry: Entry): void {
  const template = document.querySelector<HTMLTemplateElement>("#restore-offer")!;
  const notice = (template.content.cloneNode(true) as DocumentFragment).firstElementChild as HTMLElement;
  const [restore, dismiss] = notice.querySelectorAll("button");
  const words = textOf(entry);
  // Photos, sound and fields of plugins may be all there is.
  restore!.textContent = (words === "" ? restore!.dataset.rest! : restore!.dataset.text!)
    .replace("#n", String(words.length))
    .replace("#t", clockTime(new Date(entry.updatedAt)));
  notice.querySelector(".side")!.textContent = words;
  notice.querySelector("details")!.hidden = words === "";
  restore!.addEventListener("click", () => sendBack(form, entry));
  dismiss!.addEventListener("click", () => {
    void write({ ...entry, isSettled: true });
    notice.remove();
  });
  form.parentElement!.before(notice);
}

// The server draws the composer with these fields, photos and all; saving goes on under the same names.
function sendBack(form: HTMLFormElement, entry: Entry): void {
  const out = document.createElement("form");
  out.method = "post";
  out.enctype = "multipart/form-data";
  out.action = new URL(entry.action).pathname;
  out.hidden = true;
  const csrf = form.querySelector<HTMLInputElement>("[name=csrf]")!.value;
  const about = { csrf, draftKey: entry.draftKey, version: entry.baseVersion, page: entry.page };
  const fields = Object.entries({ ...entry.fields, ...about, blog: entry.blog, intent: "edit" });
  for (const [name, values] of fields)
    for (const value of [values].flat()) {
      const field = document.createElement("textarea");
      field.name = name;
      field.value = value;
      out.append(field);
    }
  document.body.append(out);
  out.submit();
}

const textOf = ({ fields }: Entry) =>
  [...(fields.name ?? []), ...(fields.content ?? [])].filter((one) => one !== "").join("\n\n");
