/** What a service would get, as the server said it. */
export type CopyPreview = {
  readonly uid: string;
  readonly name: string;
  readonly preview: { readonly text: string; readonly begin?: string; readonly notes: readonly string[] } | null;
};

/** The server's answer about a post as it stands in the form: where it can be seen, what each ticked service would get, what is wrong. */
export type Preview = { readonly url: string; readonly message: string; readonly copies: readonly CopyPreview[] };

/** Asks the server what would become of the form; nothing is stored. */
export async function askPreview(form: HTMLFormElement): Promise<Preview> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  const init = { method: "POST", body, headers: { accept: "application/json" } };
  const answer = await fetch("/compose/preview", init).catch(() => null);
  const told = answer ? ((await answer.json().catch(() => ({}))) as Partial<Preview>) : {};
  return { url: told.url ?? "", message: told.message ?? "", copies: told.copies ?? [] };
}
