import type { TableShape } from "rookery/plugin";

export const userTables: readonly TableShape[] = [];
