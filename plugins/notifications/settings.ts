import type { Context } from "rookery/plugin";

/** The plugin's own context. */
export type Own = Context;
