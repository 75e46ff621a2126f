import { PublicError } from "../../../core/errors.ts";
import { spokenIn } from "../../../core/hooks/scope.ts";
import { beginConnection } from "../../../core/host/connections/connect.ts";
import { disconnect } from "../../../core/host/connections/disconnect.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { prefix } from "../../components/generated-form/sent-values.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { connectByTyping } from "./connect-typed.ts";
import { keep } from "./save.ts";
import { typedFields, type SettingsPlace } from "./settings-place.ts";

/** Saves the settings and sends somebody to a service that lets the plugin in, or lets it in by what they typed. */
export async function connectForm(request: AdminRequest, place: SettingsPlace): Promise<ScreenReply> {
  const key = connectionOf(request, place);
  if (Object.hasOwn(typedFields(place.info), key)) return connectByTyping(request, place, key);
  const refused = (await requireFresh(request)) ?? (await keep(request, place));
  if (refused) return refused;
  const { info, blog } = place;
  try {
    const wanted = { pluginId: info.id, setting: key, blog, session: request.session!.idHash };
    const url = await beginConnection(request.house, spokenIn(place.scope, request.language), wanted, {});
    return leave(request, place, url);
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return place.page({ errors: { [prefix + key]: sentenceFor(request, error) }, status: error.status });
  }
}

/** Takes a connection away, its tokens with it; of several the one whose button was pressed. */
export async function disconnectForm(request: AdminRequest, place: SettingsPlace): Promise<ScreenReply> {
  const setting = connectionOf(request, place);
  const { info, blog, scope } = place;
  const account = (await request.form()).fields.get("connection");
  const wanted = { pluginId: info.id, setting, blog, ...(account !== null && { account }) };
  const isTold = await disconnect(request.house, { ...scope, principal: request.scope.principal }, wanted);
  return request.redirect(place.at, request.t(isTold ? "plugins.disconnected" : "plugins.disconnected-here"));
}

function connectionOf(request: AdminRequest, { info }: SettingsPlace): string {
  const key = request.params.key ?? "";
  if (Object.hasOwn(info.plugin?.connections ?? {}, key)) return key;
  throw new PublicError("connection.unknown", request.t("plugins.no-connection"), 404);
}

// A form may not lead to another site (the page's policy says so): a page of ours goes on there, by itself or by its link.
async function leave(request: AdminRequest, place: SettingsPlace, url: string): Promise<ScreenReply> {
  const data = { url, host: new URL(url).host, back: place.at, name: place.info.name };
  const title = request.t("plugins.leave-title");
  const reply = await request.html("screens/plugins/leave", title, data, { blog: place.blog });
  return { ...reply, headers: { ...reply.headers, refresh: `0; url=${url}`, "cache-control": "no-store" } };
}
