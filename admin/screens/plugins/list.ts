import type { PluginInfo } from "../../../core/host/plugin-host.ts";
import { settingsGiven } from "../../../core/host/switching/needs-setup.ts";
import { dependantsOf } from "../../../core/host/switching/required-plugins.ts";
import { pluginsFor } from "../../plugin-words.ts";
import type { AdminRequest } from "../../request.ts";
import { purposeOf, stateOf, type StateShown } from "./describe.ts";

type Row = { readonly info: PluginInfo; readonly state: StateShown; readonly isNeeded: boolean; readonly hasSettings: boolean };

/** All plugins of the installation by what they are for; those in trouble first. */
export async function listPlugins(request: AdminRequest) {
  const { host, storage } = request.house;
  const q = (request.query.get("q") ?? "").trim().slice(0, 100);
  const all = await pluginsFor(request);
  const given = await settingsGiven(storage);
  const groups = new Map<string, Row[]>();
  for (const info of all.filter((one) => isFound(one, q.toLowerCase()))) {
    const name = purposeOf(request, info);
    const row = {
      info,
      state: stateOf(request, info, given.get(info.id)),
      // One that others need is switched off on its own page, which says what else goes.
      isNeeded: dependantsOf(all, info.id).length > 0,
      hasSettings: Object.keys({ ...info.plugin?.settings, ...info.plugin?.networkSettings }).length > 0,
    };
    groups.set(name, [...(groups.get(name) ?? []), row]);
  }
  const troubled = request.t("plugins.troubled");
  const rank = (name: string) => (name === troubled ? 0 : 1);
  const sorted = [...groups].toSorted(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b, request.language));
  return request.html("screens/plugins/list", request.t("plugins.title"), {
    groups: sorted.map(([name, plugins]) => ({ name, plugins })),
    q,
    isSafeMode: host.isSafeMode,
  });
}

function isFound({ id, name, plugin }: PluginInfo, words: string): boolean {
  return `${id} ${name} ${plugin?.description ?? ""}`.toLowerCase().includes(words);
}
