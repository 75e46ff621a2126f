import type { Own } from "../settings.ts";
import { withoutFragment } from "../web-url.ts";

/** Where a page of the installation that is no post belongs. */
export type Spot = { readonly blogId: string; readonly postId: string; readonly parentSource: string };

/** The service `webmention.target`, which other plugins offer for pages of theirs that are part of what is said under a post. */
export interface WebmentionTarget {
  /**
   * Under which post of which blog an answer to this page belongs, and below which interaction there (its source); null for a page that is none of
   * theirs, or that takes no answers (any more).
   */
  at(url: string): Promise<Spot | null>;
}

/** The service `webmention.receiver`: where webmentions of what stands on a blog are sent to; empty while it takes none. */
export interface WebmentionReceiver {
  endpointOf(blogId: string): Promise<string>;
}

declare module "rookery/plugin" {
  interface Services {
    "webmention.target": WebmentionTarget;
    "webmention.receiver": WebmentionReceiver;
  }
}

/** Where an answer to an address belongs that is of no blog; null for none of the installation. */
export async function spotOf(context: Own, address: string): Promise<Spot | null> {
  const url = withoutFragment(address);
  if (URL.parse(url)?.host !== URL.parse(context.site.url)?.host || (await context.blogAt(url))) return null;
  for (const { pluginId } of context.services("webmention.target")) {
    const spot = await context.ask("webmention.target", pluginId, (service) => service.at(url));
    if (spot) return spot;
  }
  return null;
}
