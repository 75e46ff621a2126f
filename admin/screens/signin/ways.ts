import { PublicError } from "../../../core/errors.ts";
import { offeredMethods, type OfferedMethod } from "../../../core/host/auth/auth-methods.ts";
import { pluginTexts } from "../../plugin-screens/plugin-view.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";

/** A way to sign in that a plugin offers, in the reader's words. */
export type Way = Pick<OfferedMethod, "pluginId" | "id"> & {
  readonly label: string;
  readonly field: { readonly label: string; readonly type: string; readonly placeholder: string } | null;
};

/** The ways to sign in that plugins offer. */
export function waysToSignIn(request: AdminRequest): readonly Way[] {
  return offeredMethods(request.scope).map(({ pluginId, id, label, field }) => {
    const say = wordsOf(request, pluginId);
    const { type = "", placeholder = "" } = field ?? {};
    return {
      pluginId,
      id,
      label: say(`auth.${id}.label`, label),
      field: field ? { label: say(`auth.${id}.field`, field.label), type, placeholder } : null,
    };
  });
}

/** What a way refused, in the plugin's words where it has them. */
export function refusedBy(request: AdminRequest, pluginId: string, error: PublicError): string {
  return wordsOf(request, pluginId)(`error.${error.key}`, sentenceFor(request, error), error.values);
}

// Keys of the dashboard count for what the core itself refuses.
function wordsOf(request: AdminRequest, pluginId: string) {
  const { house, language } = request;
  const folder = house.host.current.plugins.get(pluginId)?.folder;
  const say = folder === undefined ? null : pluginTexts({ house, language, folder });
  return (key: string, otherwise: string, values: PublicError["values"] = {}): string => {
    const own = say?.(key, values) ?? key;
    return own === key ? otherwise : own;
  };
}
