import { PublicError } from "../../../core/errors.ts";
import { listBlogs } from "../../../core/blogs/blogs.ts";
import type { PluginInfo } from "../../../core/host/plugin-host.ts";
import { missingSettings, settingsGiven } from "../../../core/host/switching/needs-setup.ts";
import { dependantsOf, neededFor } from "../../../core/host/switching/required-plugins.ts";
import { pluginsFor } from "../../plugin-words.ts";
import type { AdminRequest } from "../../request.ts";
import { consentOf, stateOf } from "./describe.ts";
import { partsOf } from "./records.ts";
import { choicesHere, formOf, type PageState, type SettingsPlace } from "./settings-place.ts";

const mostBlogs = 200;

/** A plugin seen by the installation's admin. PublicError 404 when there is none of this id. */
export async function sitePlace(request: AdminRequest): Promise<SettingsPlace> {
  const all = await pluginsFor(request);
  const info = all.find((one) => one.id === request.params.id);
  if (!info) throw new PublicError("plugin.unknown", request.t("plugins.unknown"), 404);
  const { choicesOf } = await choicesHere(request, null);
  const timeZone = request.account?.timeZone ?? "UTC";
  const scope = { ...request.scope, blog: null };
  const place = { info, blog: null, scope, at: `/admin/plugins/${info.id}`, timeZone, choicesOf };
  return { ...place, page: (state) => page(request, place, all, state) };
}

async function page(request: AdminRequest, place: Omit<SettingsPlace, "page">, all: readonly PluginInfo[], state: PageState) {
  const { house, scope } = request;
  // As it is now: a switch may have failed half-way.
  const info = (await pluginsFor(request)).find((one) => one.id === place.info.id) ?? place.info;
  const given = (await settingsGiven(house.storage)).get(info.id);
  const { form, errors } = await formOf(request, place, state);
  const { toEnable, missing } = neededFor(all, info.id);
  const isBlogs = info.plugin !== null && info.plugin.scope !== "network";
  const data = {
    info,
    at: place.at,
    state: stateOf(request, info, given),
    isOn: info.state === "enabled",
    isCrashed: info.state === "paused" || info.state === "failed",
    consent: info.plugin && consentOf(request, info.plugin),
    needed: toEnable.map((one) => ({ info: one, may: one.plugin ? consentOf(request, one.plugin).may : [] })),
    missing: missing.join(", "),
    dependants: dependantsOf(all, info.id),
    unfilled: info.plugin && info.state === "enabled" ? missingSettings(info.plugin, given).join(", ") : "",
    blogs: isBlogs ? await listBlogs(house.storage, house.site, { limit: mostBlogs }) : [],
    record: house.host.guard.records.get(info.id) ?? null,
    parts: partsOf(house.host.guard.records.get(info.id), request.language),
    form,
    now: scope.clock.now().toISOString(),
    errors,
    complaint: state.complaint,
  };
  return request.html("screens/plugins/show", info.name, data, { status: state.status ?? 200 });
}
