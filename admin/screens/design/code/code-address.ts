import type { OnBlog } from "../../../on-blog.ts";

/** A template of a theme, as the code screen is asked for it. */
export type CodeFile = { readonly theme: string; readonly template: string };

/** Where a template is looked at and changed. */
export function codeAt(place: Pick<OnBlog, "at">, { theme, template }: CodeFile, path = ""): string {
  return `${place.at(`/design/code${path}`)}?file=${encodeURIComponent(`${theme}/${template}`).replaceAll("%2F", "/")}`;
}

/** The template that `theme/partials/footer.njk` names; null for what names none. */
export function codeFile(text: string | null): CodeFile | null {
  const found = /^([a-z][a-z0-9-]{1,39})\/([a-z0-9-]+(?:\/[a-z0-9-]+)*)(?:\.njk)?$/.exec(text ?? "");
  if (!found || found[2]!.length > 116) return null;
  return { theme: found[1]!, template: `${found[2]!}.njk` };
}
