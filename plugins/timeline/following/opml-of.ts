import type { Source } from "../api.ts";
import type { Own } from "../settings.ts";
import { following } from "./follow.ts";
import { writeOpml } from "./opml.ts";

/** Whom somebody follows, as a file that feed readers take. Who has no blog has no feed, and is not in it. */
export async function opmlOf(context: Own, accountId: string, title: string): Promise<string> {
  const sources: Source[] = [];
  for (const source of await following(context, accountId)) {
    // Somebody who said nothing yet since they are known here stands at their page of the installation.
    const isAtHub = source.kind === "person" && source.url.startsWith(new URL("people/", context.site.url).href);
    const home = isAtHub ? await context.accounts.homeOf(source.handle) : null;
    if (!isAtHub || home) sources.push(home ? { ...source, url: home.url } : source);
  }
  return writeOpml(sources, title);
}
