/** One value of a form, trimmed; empty when it is not there. */
export function one(fields: URLSearchParams, name: string): string {
  return (fields.get(name) ?? "").trim();
}

/** All values of a field that repeats, sent as `name` or `name[]`, in order and untrimmed. */
export function all(fields: URLSearchParams, name: string): readonly string[] {
  return [...fields.getAll(`${name}[]`), ...fields.getAll(name)];
}
