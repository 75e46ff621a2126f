import { PublicError } from "../../../core/errors.ts";
import { disableWithDependants, enableWithNeeded } from "../../../core/host/switching/required-plugins.ts";
import { nameFor } from "../../plugin-words.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { blogPlace } from "./blog-place.ts";

/** Makes a plugin that the admin allows active on a blog, with those it needs there. */
export async function switchOnHere(request: AdminRequest) {
  const { t, house } = request;
  const place = await blogPlace(request);
  const { id, name } = place.info;
  try {
    await enableWithNeeded(house.host, id, { blog: place.on.blog, accountId: signedIn(request).id });
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return place.page({ errors: { enable: sentenceFor(request, error) }, status: error.status });
  }
  return request.redirect(place.at, t("plugins.enabled-here", { name }));
}

/** Takes a plugin off a blog, with those that cannot be without it; its settings and data stay. */
export async function switchOffHere(request: AdminRequest) {
  const { t, house } = request;
  const place = await blogPlace(request);
  const { id, name } = place.info;
  const others = await disableWithDependants(house.host, id, { blog: place.on.blog, accountId: signedIn(request).id });
  const names = others.map((other) => nameFor(request, other));
  const said = names.length === 0 ? t("plugins.disabled-here", { name }) : t("plugins.disabled-too", { name, names });
  const undo = { path: `${place.at}/enable`, label: t("plugins.undo"), fields: {} };
  return request.redirect(place.on.at("/settings/plugins"), names.length === 0 ? { text: said, undo } : said);
}
