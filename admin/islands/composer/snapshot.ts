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

/** Whether nothing is typed that somebody would miss. */
export function isBlank(fields: Fields): boolean {
  return ["name", "content", "summary", "in-reply-to", "photo[]", "audio[]"].every((name) =>
    (fields[name] ?? []).every((value) => value.trim() === ""),
  );
}
