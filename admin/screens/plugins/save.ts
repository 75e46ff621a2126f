import { PublicError } from "../../../core/errors.ts";
import { spokenIn } from "../../../core/hooks/scope.ts";
import type { Json } from "../../../core/hooks/values.ts";
import { runSettingTest } from "../../../core/host/connections/try-out.ts";
import { checkSettings, settableFields } from "../../../core/host/save-settings.ts";
import { audit } from "../../../core/people/audit.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { listButton } from "../../components/generated-form/list-buttons.ts";
import { takePictures } from "../../components/generated-form/sent-pictures.ts";
import { sentValues } from "../../components/generated-form/sent-values.ts";
import { requireFresh } from "../../require-fresh.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import type { SettingsPlace } from "./settings-place.ts";

/** Saves a plugin's settings; buttons of lists only change the form. */
export async function saveForm(request: AdminRequest, place: SettingsPlace): Promise<ScreenReply> {
  const { fields: sent } = await request.form();
  const changed = listButton(sent);
  if (changed) return place.page(changed);
  const refused = await keep(request, place);
  return refused ?? request.redirect(place.at, request.t("plugins.saved"));
}

/** Saves the settings, then runs the test one of them has, and says what it found out. */
export async function testForm(request: AdminRequest, place: SettingsPlace): Promise<ScreenReply> {
  const { plugin } = place.info;
  const name = request.params.name ?? "";
  if (!Object.hasOwn(plugin?.tests ?? {}, name)) throw new PublicError("plugin.no-test", request.t("plugins.no-test"), 404);
  const refused = await keep(request, place);
  if (refused) return refused;
  const answer = await runSettingTest(request.house.host, spokenIn(place.scope, request.language), {
    pluginId: place.info.id,
    name,
    values: {},
  });
  if (!answer.ok) return place.page({ complaint: answer.message });
  return request.redirect(place.at, request.t("plugins.tested", { message: answer.message }));
}

/** Stores what a form says; a page where something is wrong with it, else null. Whoever changes secrets proves who they are. */
export async function keep(request: AdminRequest, place: SettingsPlace): Promise<ScreenReply | null> {
  const { info, blog } = place;
  const { plugin } = info;
  if (!plugin) throw new PublicError("plugin.broken", info.reason, 409);
  const { fields: sent } = await request.form();
  const fields = settableFields(plugin, blog);
  const uploads = await takeAlong(request, place);
  const { values, problems } = await sentValues(sent, { fields, choicesOf: place.choicesOf, timeZone: place.timeZone });
  const isSecret = Object.keys(values).some((key) => fields[key]!.type === "secret");
  const ask = isSecret ? await requireFresh(request) : null;
  if (ask) return ask;
  const wrong = { ...checkSettings(fields, values).problems, ...problems };
  if (Object.keys({ ...wrong, ...uploads }).length > 0)
    return place.page({ sent, problems: wrong, errors: uploads, status: 422 });
  const outcome = await request.house.host.set(info.id, values, blog ? { blog } : {});
  if (!outcome.ok) return place.page({ sent, problems: outcome.problems, status: 422 });
  await note(request, place, values);
  return null;
}

// A picture that came along goes into the library first, and is chosen.
async function takeAlong(request: AdminRequest, place: SettingsPlace): Promise<Record<string, string>> {
  const { fields: sent, files } = await request.form();
  const fields = place.info.plugin ? settableFields(place.info.plugin, place.blog) : {};
  const blog = place.blog ?? (await request.usualBlog());
  if (blog) return takePictures(request, { fields, blog, sent, files });
  return Object.fromEntries(files.map(({ field }) => [field.replace(/\.file$/, ""), request.t("plugins.no-library")]));
}

async function note(request: AdminRequest, { info, blog }: SettingsPlace, values: Readonly<Record<string, Json>>): Promise<void> {
  const { scope, house } = request;
  const entry = { action: "plugin.settings", subject: info.id, detail: { fields: Object.keys(values) }, via: "web" };
  const by = { accountId: signedIn(request).id, blogId: blog?.id ?? null, address: scope.address };
  await house.storage.write((db) => audit(db, { ...entry, ...by }, scope.clock.now()));
}
