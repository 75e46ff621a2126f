import { existsSync } from "node:fs";
import { join } from "node:path";
import { manyUses, themeUses } from "../../../core/blogs/theme-uses.ts";
import { PublicError } from "../../../core/errors.ts";
import { installationFacts } from "../../../core/installation/facts.ts";
import type { AdminRequest } from "../../request.ts";
import { hasThemePicture } from "../../theme-picture.ts";

/** A theme as the list shows it. */
export type InstalledTheme = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Why it cannot be used; null when it can. */
  readonly problem: string | null;
  readonly parent: string | null;
  /** Came with Rookery; others can be removed. */
  readonly isBundled: boolean;
  readonly isDefault: boolean;
  readonly uses: number;
  readonly isMany: boolean;
  readonly children: readonly string[];
  readonly hasPicture: boolean;
};

/** The themes there are folders of, hidden ones left out. */
export async function installedThemes({ house }: Pick<AdminRequest, "house">): Promise<readonly InstalledTheme[]> {
  const found = house.themes.list().filter((theme) => "problem" in theme || !theme.manifest.isHidden);
  const facts = await installationFacts(house.storage);
  const parents = found.flatMap((theme) => ("manifest" in theme ? [[theme.manifest.id, theme.manifest.parent] as const] : []));
  const rows = found.map(async (theme): Promise<InstalledTheme> => {
    const id = "manifest" in theme ? theme.manifest.id : theme.id;
    const uses = await themeUses(house.storage, id);
    const manifest = "manifest" in theme ? theme.manifest : null;
    return {
      id,
      name: manifest?.name ?? id,
      version: manifest?.version ?? "",
      description: manifest?.description ?? "",
      problem: house.themes.problemOf(id),
      parent: manifest?.parent ?? null,
      isBundled: !existsSync(join(house.settings.dataFolder, "themes", id)),
      isDefault: facts.theme === id,
      uses: Math.min(uses, manyUses),
      isMany: uses > manyUses,
      children: parents.filter(([, parent]) => parent === id).map(([child]) => child),
      hasPicture: hasThemePicture({ house }, id),
    };
  });
  return Promise.all(rows);
}

/** The theme of the address. PublicError 404 when there is none. */
export async function themeOf(request: AdminRequest): Promise<InstalledTheme> {
  const found = (await installedThemes(request)).find(({ id }) => id === request.params.id);
  if (!found) throw new PublicError("theme.unknown", "There is no such theme.", 404);
  return found;
}
