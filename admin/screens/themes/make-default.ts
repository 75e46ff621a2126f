import { PublicError } from "../../../core/errors.ts";
import { changeFacts } from "../../../core/installation/facts.ts";
import type { AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";
import { themeOf } from "./installed.ts";

/** Makes a theme the one that new blogs begin with. */
export async function makeDefault(request: AdminRequest) {
  const { house, scope, t } = request;
  const theme = await themeOf(request);
  if (theme.problem !== null)
    throw new PublicError("theme.broken", `“${theme.id}” cannot be used: ${theme.problem}`, 409, {
      id: theme.id,
      why: theme.problem,
    });
  await house.storage.write(async (db) => {
    await changeFacts(db, { theme: theme.id }, scope.clock.now());
    await noteAct(request, db, { action: "theme.default", subject: theme.id });
  });
  return request.redirect("/admin/themes", t("themes.default-saved", { name: theme.name }));
}
