import type { PluginScreenRequest } from "rookery/plugin";
import { healthOf as healthIn } from "../health.ts";
import type { FeedRow, Own } from "../rows.ts";
import type { settings } from "../settings.ts";

/** A request to one of the plugin's screens. */
export type Request = PluginScreenRequest<typeof settings>;

export const ownOf = ({ context }: Request): Own => context as Own;

/** How a feed is, in a sentence in the reader's language. */
export const healthOf = ({ context }: Request, feed: FeedRow): string => healthIn(context, feed);
