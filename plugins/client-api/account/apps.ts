import type { Own } from "../settings.ts";
import { linesOf } from "../wire/lines.ts";

/** An app that people may sign in to by mail. */
export type App = { readonly name: string; readonly redirectUrl: string };

/** The apps of the setting: a name and an address a line. What is written otherwise is none. */
export function appsOf({ settings }: Pick<Own, "settings">): readonly App[] {
  return linesOf(settings.apps).flatMap((line) => {
    const [, name, redirectUrl] = /^(.{1,100}?)\s+([a-z][a-z0-9+.-]*:\/\/\S{1,500})$/i.exec(line) ?? [];
    return name && redirectUrl && !/^(javascript|data|vbscript|file):/i.test(redirectUrl) ? [{ name, redirectUrl }] : [];
  });
}

/**
 * The app a request names: by its name and the address it wants to be opened by, both as registered. One that says only one of the
 * two is found by that; one that says neither is the first. Null for an app that is not registered.
 */
export function appFor(
  context: Pick<Own, "settings">,
  asked: { readonly name: string; readonly redirectUrl: string },
): App | null {
  const fits = ({ name, redirectUrl }: App) =>
    (asked.name === "" || name.toLowerCase() === asked.name.toLowerCase()) &&
    (asked.redirectUrl === "" || bare(redirectUrl) === bare(asked.redirectUrl));
  return appsOf(context).find(fits) ?? null;
}

/** Where the app's word goes: behind the address, as its last segment. */
export const opening = (redirectUrl: string, word: string): string => `${bare(redirectUrl)}/${word}`;

const bare = (url: string): string => url.replace(/\/+$/, "");
