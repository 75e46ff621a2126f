import type { TableShape } from "rookery/plugin";

export const bookTables: readonly TableShape[] = [];
