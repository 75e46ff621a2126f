import { changeProfile } from "../../../core/people/profile.ts";
import { one } from "../../fields.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { inAudited } from "./audited.ts";
import { accountPage } from "./page.ts";

const choices = { scheme: ["system", "light", "dark"], altReminder: ["off", "note", "confirm"] } as const;

/** Saves how the dashboard looks and behaves for somebody. */
export async function savePreferences(request: AdminRequest) {
  const { fields } = await request.form();
  const [scheme, altReminder] = [one(fields, "scheme"), one(fields, "altReminder")];
  const errors: Record<string, string> = {};
  if (!choices.scheme.some((one) => one === scheme)) errors["scheme"] = request.t("account.choose");
  if (!choices.altReminder.some((one) => one === altReminder)) errors["altReminder"] = request.t("account.choose");
  if (Object.keys(errors).length > 0) return accountPage(request, { errors, sent: fields }, 422);
  const preferences = { scheme, altReminder, letterKeys: fields.has("letterKeys") };
  await inAudited(request, "account.preferences", (db, now) => changeProfile(db, signedIn(request).id, { preferences }, now));
  return request.redirect("/account#preferences", request.t("account.preferences-saved"));
}
