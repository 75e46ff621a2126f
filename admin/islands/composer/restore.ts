import { clockTime } from "./clock.ts";
import { write, type Entry } from "./journal.ts";
import { unsent } from "./unsent.ts";

/** Which opened composers there are now: what they hold is theirs, and not to be restored elsewhere. */
export function holdName(page: string): void {
  let release: (() => void) | undefined;
  const hold = () => void navigator.locks?.request(nameOf(page), () => new Promise<void>((resolve) => (release = resolve)));
  hold();
  addEventListener("pagehide", () => release?.());
  addEventListener("pageshow", (event) => event.persisted && hold());
}

/** Offers what this device has and the server has not; nothing is restored without being asked for. */
export async function offerRestore(form: HTMLFormElement, account: string, page: string): Promise<void> {
  const held = new Set((await navigator.locks?.query())?.held?.map(({ name }) => name));
  const isMine = (entry: Entry) => entry.account === account && entry.page !== page && !held.has(nameOf(entry.page));
  const entry = await unsent((one) => isMine(one) && belongs(form, one));
  if (entry) show(form, entry);
}

const nameOf = (page: string): string => `rk-composer ${page}`;
const valueOf = (form: HTMLFormElement, name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]`)!.value;
const textOf = ({ fields }: Entry) =>
  [...(fields.name ?? []), ...(fields.content ?? [])].filter((one) => one !== "").join("\n\n");

// An empty composer takes anything up again; one with a post only what belongs to that post.
function belongs(form: HTMLFormElement, entry: Entry): boolean {
  const key = valueOf(form, "draftKey");
  return entry.draftKey === key || entry.id === key || (valueOf(form, "version") === "" && valueOf(form, "content") === "");
}

function show(form: HTMLFormElement, entry: Entry): void {
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
  const about = { csrf: valueOf(form, "csrf"), draftKey: entry.draftKey, version: entry.baseVersion, page: entry.page };
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
