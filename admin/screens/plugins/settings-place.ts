import type { Fields } from "../../../core/hooks/fields.ts";
import type { FieldProblem } from "../../../core/hooks/field-values.ts";
import type { Scope } from "../../../core/hooks/scope.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import type { PluginInfo } from "../../../core/host/plugin-host.ts";
import { storedValues } from "../../../core/host/plugin-settings.ts";
import { settableFields, settingPlace } from "../../../core/host/save-settings.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import { generatedForm } from "../../components/generated-form/controls.ts";
import { problemSummary } from "../../components/generated-form/form-problems.ts";
import type { ChoicesOf, GeneratedForm } from "../../components/generated-form/form.types.ts";
import { houseChoices } from "../../components/generated-form/house-choices.ts";
import { signedIn, type AdminRequest } from "../../request.ts";

/** What a page of settings shows besides what is stored. */
export type PageState = {
  readonly sent?: URLSearchParams;
  readonly problems?: Readonly<Record<string, FieldProblem>>;
  /** By the ids of controls. */
  readonly errors?: Readonly<Record<string, string>>;
  readonly focus?: string;
  /** What a test found out that did not go well. */
  readonly complaint?: string;
  readonly status?: number;
};

/** Where a plugin is set: the installation, or one blog. */
export type SettingsPlace = {
  readonly info: PluginInfo;
  readonly blog: Blog | null;
  /** For what is tried out here, and whose pictures and categories there are to choose from. */
  readonly scope: Scope;
  /** The page's address; its forms go below. */
  readonly at: string;
  readonly timeZone: string;
  readonly choicesOf: ChoicesOf;
  page(state: PageState): Promise<ScreenReply>;
};

/** What fields can be filled with for whoever asks; without a blog of the place, by the blog they usually write on. */
export async function choicesHere(request: AdminRequest, blog: Blog | null): Promise<{ choicesOf: ChoicesOf; scope: Scope }> {
  const { house, t, language } = request;
  const account = signedIn(request);
  const own = blog ?? (await request.usualBlog());
  const scope = { ...house.scopeOf(account, own, "web"), address: request.scope.address };
  const blogs = (await request.blogs()).filter(({ role }) => role === "owner").map((one) => one.blog);
  const choicesOf = houseChoices({ house, t, language, scope: own && { ...scope, blog: own }, own: { account, blogs } });
  return { choicesOf, scope };
}

/** What is typed to connect settings of a plugin, by their names. */
export function typedFields({ plugin }: PluginInfo): Readonly<Record<string, Fields>> {
  const ways = Object.entries(plugin?.connections ?? {});
  return Object.fromEntries(ways.flatMap(([key, way]) => ("fields" in way ? [[key, way.fields]] : [])));
}

/** The form of a plugin's settings in a place, with what is stored or what was sent. */
export async function formOf(
  request: AdminRequest,
  place: Omit<SettingsPlace, "page">,
  state: PageState,
): Promise<{ form: GeneratedForm; errors: Record<string, string> | undefined }> {
  const { info, blog, choicesOf, timeZone } = place;
  const fields = info.plugin ? settableFields(info.plugin, blog) : {};
  const stored = await storedValues(request.house.storage, settingPlace(info.id, blog));
  const { sent, problems, focus } = state;
  const form = await generatedForm({
    fields,
    stored,
    choicesOf,
    timeZone,
    ...(sent && { sent }),
    typed: typedFields(info),
    ...(problems && { problems }),
    ...(state.errors && { sentences: state.errors }),
    ...(focus !== undefined && { focus }),
  });
  const errors = { ...problemSummary(request.t, problems ?? {}), ...state.errors };
  return { form, errors: Object.keys(errors).length > 0 ? errors : undefined };
}
