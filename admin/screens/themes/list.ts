import type { ThemeFinding } from "../../../core/render/theme-check/finding.ts";
import type { AdminRequest } from "../../request.ts";
import { installedThemes } from "./installed.ts";

/** What was wrong with an archive: a sentence, and what the checker found in it. */
export type Refused = {
  readonly errors: Readonly<Record<string, string>>;
  readonly findings?: readonly ThemeFinding[];
  readonly scripts?: readonly string[];
  readonly status: number;
};

/** All themes with who uses them, and the form that takes another. */
export async function listThemes(request: AdminRequest, refused?: Refused) {
  const data = {
    themes: await installedThemes(request),
    errors: refused?.errors,
    findings: refused?.findings ?? [],
    scripts: refused?.scripts?.join(", ") ?? "",
  };
  return request.html("screens/themes/list", request.t("themes.title"), data, { status: refused?.status ?? 200 });
}
