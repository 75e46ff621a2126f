import type { Blog } from "../core/hooks/values.ts";
import { ownWord } from "../core/render/themes/own-words.ts";
import type { Theme } from "../core/render/themes/theme.ts";
import type { AdminHouse } from "./house.ts";

type Choice = { readonly id: string; readonly label: string };
type Reader = { readonly house: AdminHouse; readonly language: string };

/**
 * What a blog's theme, with the themes it stands on, offers, as they call it in the reader's language (`menus.<id>`,
 * `pageTemplates.<id>` in their locales): templates that a page can choose, and places for menus.
 */
export function themeFacts({ house, language }: Reader, blog: Blog): { templates: readonly Choice[]; menus: readonly Choice[] } {
  const chain = chainOf(house, blog.theme);
  const templates = new Map<string, string>();
  for (const theme of chain.toReversed())
    for (const { id, label } of theme.manifest.pageTemplates)
      templates.set(id, ownWord(theme, language, `pageTemplates.${id}`) ?? (label || id));
  const worn = chain[0];
  const menus = Object.entries(worn?.manifest.menus ?? { main: "Main" });
  return {
    templates: [...templates].map(([id, label]) => ({ id, label })),
    menus: menus.map(([id, label]) => ({
      id,
      label: (worn && ownWord(worn, language, `menus.${id}`)) ?? (typeof label === "string" ? label : id),
    })),
  };
}

function chainOf(house: AdminHouse, id: string): Theme[] {
  const known = new Map(house.themes.list().flatMap((theme) => ("manifest" in theme ? [[theme.manifest.id, theme]] : [])));
  const chain: Theme[] = [];
  for (let next = known.get(id); next && chain.length < 4; next = known.get(next.manifest.parent ?? "")) chain.push(next);
  return chain;
}
