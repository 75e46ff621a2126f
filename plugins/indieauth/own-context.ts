import type { Context } from "rookery/plugin";
import type { settings } from "./settings.ts";

/** What this plugin works with. */
export type OwnContext = Context<typeof settings>;
