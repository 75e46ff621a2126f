import { PublicError } from "../../../core/errors.ts";
import { spokenIn } from "../../../core/hooks/scope.ts";
import { isNothing } from "../../../core/hooks/field-values.ts";
import { connectTyped } from "../../../core/host/connections/connect-typed.ts";
import { checkTyped } from "../../../core/host/connections/typed-fields.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { prefix, typedIn } from "../../components/generated-form/sent-values.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { keep, saveForm } from "./save.ts";
import { typedFields, type SettingsPlace } from "./settings-place.ts";

/** Saves the settings and connects one by what was typed beside its button. */
export async function connectByTyping(request: AdminRequest, place: SettingsPlace, key: string): Promise<ScreenReply> {
  const refused = (await requireFresh(request)) ?? (await keep(request, place));
  if (refused) return refused;
  const { info, blog } = place;
  const { fields: sent } = await request.form();
  const fields = typedFields(info)[key]!;
  const { values, problems } = checkTyped(key, fields, typedIn(sent, key, fields));
  if (Object.keys(problems).length > 0) return place.page({ sent, problems, status: 422 });
  try {
    const account = await connectTyped(
      request.house,
      spokenIn(place.scope, request.language),
      { pluginId: info.id, setting: key, blog },
      values,
    );
    return request.redirect(place.at, request.t("plugins.connected", { account }));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    const field = String(error.values.field ?? "");
    const at = `${prefix}${key}${Object.hasOwn(fields, field) ? `.${field}` : ""}`;
    return place.page({ sent, errors: { [at]: sentenceFor(request, error) }, status: error.status });
  }
}

/** Saves the form. Whoever typed all that connects a setting and pressed Enter or Save meant Connect: it would be lost otherwise. */
export async function saveOrConnect(request: AdminRequest, place: SettingsPlace): Promise<ScreenReply> {
  const { fields: sent } = await request.form();
  const filled = Object.entries(typedFields(place.info)).find(([key, fields]) => {
    const typed = typedIn(sent, key, fields);
    const needed = Object.keys(fields).filter((one) => fields[one]!.required);
    return needed.length > 0 && needed.every((one) => !isNothing(typed[one]));
  });
  return filled && !sent.has("intent") ? connectByTyping(request, place, filled[0]) : saveForm(request, place);
}
