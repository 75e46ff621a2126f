import { PublicError } from "../../../core/errors.ts";
import { disableWithDependants, enableWithNeeded } from "../../../core/host/switching/required-plugins.ts";
import { one } from "../../fields.ts";
import { nameFor } from "../../plugin-words.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { sitePlace } from "./site-place.ts";

/** Switches a plugin on for the installation, with those it needs. */
export async function enable(request: AdminRequest) {
  const { t, house } = request;
  const ask = await requireFresh(request);
  if (ask) return ask;
  const place = await sitePlace(request);
  const { id, name, plugin } = place.info;
  try {
    const others = await enableWithNeeded(house.host, id, { accountId: signedIn(request).id });
    const names = others.map((other) => nameFor(request, other));
    const hasSettings = Object.keys({ ...plugin?.settings, ...plugin?.networkSettings }).length > 0;
    const said = names.length === 0 ? t("plugins.enabled", { name }) : t("plugins.enabled-too", { name, names });
    return request.redirect(hasSettings ? `${place.at}#settings` : place.at, said);
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return place.page({ errors: { enable: sentenceFor(request, error) }, status: error.status });
  }
}

/** Switches a plugin off, with those that cannot be without it; all data stays. */
export async function disable(request: AdminRequest) {
  const { t, house } = request;
  const place = await sitePlace(request);
  const { id, name } = place.info;
  const others = await disableWithDependants(house.host, id, { accountId: signedIn(request).id });
  const names = others.map((other) => nameFor(request, other));
  const said = names.length === 0 ? t("plugins.disabled", { name }) : t("plugins.disabled-too", { name, names });
  return request.redirect(place.at, said);
}

/** Deletes all a plugin stored, once its id was typed. */
export async function erase(request: AdminRequest) {
  const { t, house } = request;
  const place = await sitePlace(request);
  const { id, name } = place.info;
  const { fields } = await request.form();
  if (one(fields, "name") !== id) return place.page({ errors: { name: t("plugins.erase-name", { id }) }, status: 422 });
  const ask = await requireFresh(request);
  if (ask) return ask;
  await house.host.erase(id, { accountId: signedIn(request).id });
  return request.redirect("/admin/plugins", t("plugins.erased", { name }));
}
