import { listPanels } from "../../../../core/host/panels/panels.ts";
import { listButton } from "../../../components/generated-form/list-buttons.ts";
import { takePictures } from "../../../components/generated-form/sent-pictures.ts";
import { prefix } from "../../../components/generated-form/sent-values.ts";
import type { OnBlog } from "../../../on-blog.ts";
import type { AdminRequest } from "../../../request.ts";
import type { Typed } from "../typed.ts";
import { formOf, startOf, withForm } from "./panel-names.ts";

/** A composer after a button of a list in one of its panels (`list:add:podcast.episode.links`); null when it was another button. */
export function panelListButton(typed: Typed, intent: string): { readonly typed: Typed; readonly focus: string } | null {
  const match = /^list:(\w+):([\w-]+\.[\w-]+)\.(\w+(?::\d+)?)$/.exec(intent);
  if (!match || !typed.panels) return null;
  const [, act, uid, rest] = match as unknown as [string, string, string, string];
  const form = formOf(typed.panels, uid);
  form.set("intent", `list:${act}:${rest}`);
  const changed = listButton(form);
  if (!changed) return null;
  const focus = startOf(uid) + changed.focus.slice(prefix.length);
  return { typed: { ...typed, panels: withForm(typed.panels, uid, changed.sent) }, focus };
}

/** Puts pictures that came with panels into the library and chooses them; sentences by control for those refused. */
export async function takePanelPictures(
  request: AdminRequest,
  place: OnBlog,
  typed: Typed,
): Promise<{ readonly typed: Typed; readonly problems: Readonly<Record<string, string>> }> {
  const { files } = await request.form();
  if (!typed.panels || !files.some(({ field }) => field.startsWith("panel."))) return { typed, problems: {} };
  const problems: Record<string, string> = {};
  let panels = typed.panels;
  for (const { uid, panel } of listPanels(place.scope)) {
    const start = startOf(uid);
    const own = files
      .filter(({ field }) => field.startsWith(start))
      .map((file) => ({ ...file, field: prefix + file.field.slice(start.length) }));
    if (own.length === 0) continue;
    if (!place.may("media.upload")) problems[`panel-${uid}`] = request.t("compose.no-upload");
    else {
      const sent = formOf(panels, uid);
      const refused = await takePictures(request, { fields: panel.fields, blog: place.blog, sent, files: own });
      for (const [name, text] of Object.entries(refused)) problems[start + name.slice(prefix.length)] = text;
      panels = withForm(panels, uid, sent);
    }
  }
  return { typed: { ...typed, panels }, problems };
}
