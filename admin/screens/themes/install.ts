import { PublicError } from "../../../core/errors.ts";
import { installTheme } from "../../../core/render/themes/install-theme.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";
import { listThemes } from "./list.ts";

/** Takes the archive of a theme, once it was checked. */
export async function install(request: AdminRequest) {
  const { house, t } = request;
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { fields, files } = await request.form();
  const [file] = files;
  if (!file) return listThemes(request, { errors: { theme: t("themes.no-file") }, status: 422 });
  try {
    const home = { dataFolder: house.settings.dataFolder, themes: house.themes };
    const outcome = installTheme(file.path, home, fields.has("scripts"));
    if (!outcome.ok) {
      const isWrong = outcome.findings.some(({ level }) => level === "error");
      const sentence = t(isWrong ? "themes.refused" : "themes.has-scripts", { name: file.name });
      const found = { findings: outcome.findings, ...(!isWrong && { scripts: outcome.scripts }) };
      return listThemes(request, { errors: { [isWrong ? "theme" : "scripts"]: sentence }, ...found, status: 422 });
    }
    const { manifest, before } = outcome;
    await house.storage.write((db) =>
      noteAct(request, db, {
        action: "theme.installed",
        subject: manifest.id,
        detail: { version: manifest.version, before: before ?? "", scripts: manifest.scripts.join(", ") },
      }),
    );
    const said = before === null ? "themes.installed" : "themes.replaced";
    return request.redirect("/admin/themes", t(said, { name: manifest.name, version: manifest.version }));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return listThemes(request, { errors: { theme: sentenceFor(request, error) }, status: error.status });
  }
}
