/** What stands in a form: each field with its values in order; no files, no tokens. */
export type Fields = Record<string, string[]>;

const aside = new Set(["csrf", "intent", "draftKey", "version", "page", "blog", "against"]);

/** Reads a form as it stands. Photos are named even when there are none, so that removing the last one is seen. */
export function snapshot(form: HTMLFormElement): Fields {
  const fields: Fields = { "photo[]": [], "mp-photo-alt[]": [] };
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && !aside.has(name)) (fields[name] ??= []).push(value.replaceAll("\r\n", "\n"));
  return fields;
}

/** What stood in a form when the server drew it: somebody may be faster than the script. */
export function asDrawn(form: HTMLFormElement): Fields {
  const drawn = form.cloneNode(true) as HTMLFormElement;
  drawn.reset();
  return snapshot(drawn);
}

/** What stands in the parts of plugins, to compare with later: their fields may begin with something. */
export const panelsIn = (fields: Fields): string =>
  JSON.stringify(Object.entries(fields).filter(([name]) => name.startsWith("panel.")));

/** Whether nothing is typed that somebody would miss; `panels` is what stood in the parts of plugins at first. */
export function isBlank(fields: Fields, panels: string): boolean {
  if (panelsIn(fields) !== panels) return false;
  return ["name", "content", "summary", "in-reply-to", "photo[]", "audio[]"].every((name) =>
    (fields[name] ?? []).every((value) => value.trim() === ""),
  );
}
