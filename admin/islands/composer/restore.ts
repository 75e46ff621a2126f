import type { Entry } from "./journal.ts";
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
  if (entry) (await import("./restore-offer.ts")).showOffer(form, entry);
}

const nameOf = (page: string): string => `rk-composer ${page}`;
const valueOf = (form: HTMLFormElement, name: string) => form.querySelector<HTMLInputElement>(`[name="${name}"]`)!.value;

// An empty composer takes anything up again; one with a post only what belongs to that post.
function belongs(form: HTMLFormElement, entry: Entry): boolean {
  const key = valueOf(form, "draftKey");
  return entry.draftKey === key || entry.id === key || (valueOf(form, "version") === "" && wasEmpty(form));
}

// As it was opened: what is typed by now takes nothing away.
const wasEmpty = (form: HTMLFormElement) => form.querySelector<HTMLTextAreaElement>("[name=content]")!.defaultValue === "";
