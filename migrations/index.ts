import { FirstTables1764000000001 } from "./0001-first-tables.ts";

/** The core's migrations, oldest first. */
export const coreMigrations = [FirstTables1764000000001];
