import { isOnAt } from "../../../core/host/switching/required-plugins.ts";
import { pluginsFor } from "../../plugin-words.ts";
import type { AdminRequest } from "../../request.ts";
import { partPage, settingsOf } from "../settings/section.ts";
import { purposeOf } from "./describe.ts";

/** The plugins of the installation that this blog may switch, and which of them are active here. */
export async function listForBlog(request: AdminRequest) {
  const place = await settingsOf(request);
  const { host } = request.house;
  const isOn = isOnAt(host, place.blog);
  const all = (await pluginsFor(request)).filter(
    ({ state, plugin }) => state === "enabled" && plugin && plugin.scope !== "network",
  );
  const rows = all.map((info) => ({
    info,
    isOn: isOn(info),
    purpose: purposeOf(request, info),
    at: place.at(`/settings/plugins/${info.id}`),
  }));
  const sorted = rows.toSorted((a, b) => a.info.name.localeCompare(b.info.name, request.language));
  const at = place.at("/settings/plugins");
  return partPage(request, place, {
    view: "screens/plugins/blog-list",
    title: request.t("plugins.of-blog"),
    at,
    data: { rows: sorted },
  });
}
