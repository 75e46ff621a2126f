import { PublicError } from "../../../core/errors.ts";
import { removeTheme } from "../../../core/render/themes/install-theme.ts";
import { requireFresh } from "../../require-fresh.ts";
import type { AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";
import { themeOf, type InstalledTheme } from "./installed.ts";

/** Asks once more before a theme's files go for good. */
export async function confirmRemove(request: AdminRequest) {
  const theme = await removable(request);
  return request.html("screens/themes/remove", request.t("themes.remove-title", { name: theme.name }), { theme });
}

/** Removes a theme that nobody uses. */
export async function remove(request: AdminRequest) {
  const theme = await removable(request);
  const ask = await requireFresh(request);
  if (ask) return ask;
  removeTheme(theme.id, { dataFolder: request.house.settings.dataFolder, themes: request.house.themes });
  await request.house.storage.write((db) =>
    noteAct(request, db, { action: "theme.removed", subject: theme.id, detail: { version: theme.version } }),
  );
  return request.redirect("/admin/themes", request.t("themes.removed", { name: theme.name }));
}

async function removable(request: AdminRequest): Promise<InstalledTheme> {
  const theme = await themeOf(request);
  const { id, name } = theme;
  if (theme.isBundled) throw new PublicError("theme.bundled", `“${name}” came with Rookery and stays.`, 409, { id });
  if (theme.uses > 0)
    throw new PublicError("theme.used", `Blogs use “${name}”: choose another theme for them first.`, 409, { name });
  if (theme.children.length > 0)
    throw new PublicError("theme.parent-of", `“${name}” is what ${theme.children.join(", ")} stand on.`, 409, {
      name,
      children: theme.children.join(", "),
    });
  if (theme.isDefault)
    throw new PublicError("theme.default", `New blogs begin with “${name}”: choose another for them first.`, 409, { name });
  return theme;
}
