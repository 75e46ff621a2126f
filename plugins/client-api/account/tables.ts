import type { TableShape } from "rookery/plugin";

export const accountTables: readonly TableShape[] = [];
