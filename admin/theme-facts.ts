import type { Blog } from "../core/hooks/values.ts";
import type { ThemeManifest } from "../core/render/themes/manifest.ts";
import type { AdminHouse } from "./house.ts";

type Choice = { readonly id: string; readonly label: string };

/** What a blog's theme, with the themes it stands on, offers: templates that a page can choose, and places for menus. */
export function themeFacts(house: AdminHouse, blog: Blog): { templates: readonly Choice[]; menus: readonly Choice[] } {
  const chain = chainOf(house, blog.theme);
  const templates = new Map(chain.toReversed().flatMap(({ pageTemplates }) => pageTemplates.map((one) => [one.id, one.label])));
  const menus = Object.entries(chain[0]?.menus ?? { main: "Main" });
  return {
    templates: [...templates].map(([id, label]) => ({ id, label: label || id })),
    menus: menus.map(([id, label]) => ({ id, label: typeof label === "string" ? label : id })),
  };
}

function chainOf(house: AdminHouse, id: string): ThemeManifest[] {
  const known = new Map(
    house.themes.list().flatMap((theme) => ("manifest" in theme ? [[theme.manifest.id, theme.manifest]] : [])),
  );
  const chain: ThemeManifest[] = [];
  for (let next = known.get(id); next && chain.length < 4; next = known.get(next.parent ?? "")) chain.push(next);
  return chain;
}
