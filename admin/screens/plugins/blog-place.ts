import { PublicError } from "../../../core/errors.ts";
import { dependantsOf, isOnAt, neededFor } from "../../../core/host/switching/required-plugins.ts";
import { onHost, type OnBlog } from "../../on-blog.ts";
import { pluginsFor } from "../../plugin-words.ts";
import type { AdminRequest } from "../../request.ts";
import { partPage } from "../settings/section.ts";
import { consentOf } from "./describe.ts";
import { choicesHere, formOf, type PageState, type SettingsPlace } from "./settings-place.ts";

/** A plugin as the owner of a blog sets it there: one the admin switched on, and that blogs may switch. */
export type BlogPlace = SettingsPlace & { readonly on: OnBlog };

/** The plugin of `/b/:blog/settings/plugins/:id`. PublicError 404 when the admin has not switched such a one on. */
export function blogPlace(request: AdminRequest): Promise<BlogPlace> {
  return blogPlaceOf(request, request.params.blog ?? "");
}

/** The same for the host of a blog. */
export async function blogPlaceOf(request: AdminRequest, hostName: string): Promise<BlogPlace> {
  const on = await onHost(request, hostName, "blog.manage");
  const { host } = request.house;
  const all = await pluginsFor(request);
  const info = all.find((one) => one.id === request.params.id);
  if (info?.state !== "enabled" || !info.plugin || info.plugin.scope === "network")
    throw new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);
  const { choicesOf } = await choicesHere(request, on.blog);
  const at = on.at(`/settings/plugins/${info.id}`);
  const place = { info, blog: on.blog, scope: on.scope, at, timeZone: on.blog.timeZone, choicesOf };
  const page = async (state: PageState) => {
    const { form, errors } = await formOf(request, place, state);
    const isOn = isOnAt(host, on.blog);
    const data = {
      info,
      isOn: isOn(info),
      consent: consentOf(request, info.plugin!),
      needed: neededFor(all, info.id, isOn).toEnable,
      dependants: dependantsOf(all, info.id, isOn),
      form,
      now: on.scope.clock.now().toISOString(),
      complaint: state.complaint,
    };
    const part = { view: "screens/plugins/blog-show", title: info.name, at, data, ...(errors && { errors }) };
    return partPage(request, on, { ...part, ...(state.status !== undefined && { status: state.status }) });
  };
  return { ...place, on, page };
}
