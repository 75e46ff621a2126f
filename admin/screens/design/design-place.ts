import { createHash } from "node:crypto";
import { PublicError } from "../../../core/errors.ts";
import type { Fields } from "../../../core/hooks/fields.ts";
import { stateOf, type DesignState } from "../../../core/render/designs/design-change.ts";
import type { Theme } from "../../../core/render/themes/theme.ts";
import type { ChoicesOf } from "../../components/generated-form/form.types.ts";
import { houseChoices } from "../../components/generated-form/house-choices.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { signedIn, type AdminRequest } from "../../request.ts";
import { designFields } from "./design-fields.ts";

/** A blog whose looks somebody works on: in the theme it wears, or in another one to look at. */
export type DesignPlace = {
  readonly place: OnBlog;
  readonly theme: string;
  readonly chain: readonly Theme[];
  readonly fields: Fields;
  readonly choicesOf: ChoicesOf;
  /** The blog's look as it is stored, in that theme. */
  readonly state: DesignState;
  /** Which look the form began from; another one means that somebody saved meanwhile. */
  readonly version: string;
};

/** The blog of the address with a theme; `wanted` empty is the one it wears. PublicError 404, or 422 for a theme that is none. */
export async function designPlace(request: AdminRequest, wanted: string): Promise<DesignPlace> {
  const place = await onBlog(request, "blog.edit");
  const { house, t } = request;
  const theme = wanted === "" ? place.blog.theme : wanted;
  const found = house.themes.find(theme);
  if (theme !== place.blog.theme && (!found || found.manifest.isHidden || house.themes.problemOf(theme) !== null))
    throw new PublicError("design.unknown", "There is no such theme any more; choose another.", 422);
  const chain = house.themes.chain(theme);
  const account = signedIn(request);
  const own = (await request.blogs()).map(({ blog }) => blog);
  const inHouse = houseChoices({
    house,
    t,
    language: request.language,
    scope: { ...place.scope, blog: place.blog },
    own: { account, blogs: own },
  });
  // Fonts are those of the theme, which its fields list.
  const choicesOf: ChoicesOf = async (field) =>
    field.options
      ? { list: field.options.map((one) => (typeof one === "string" ? { value: one, label: one } : one)) }
      : inHouse(field);
  const state = stateOf(place.blog);
  return {
    place,
    theme,
    chain,
    fields: designFields(t, chain, request.language),
    choicesOf,
    state: { ...state, theme },
    version: versionOf(state),
  };
}

/** A short word that is another for every other look. */
export function versionOf({ theme, design }: DesignState): string {
  return createHash("sha256")
    .update(JSON.stringify([theme, design]))
    .digest("hex")
    .slice(0, 16);
}
