import type { TableShape } from "rookery/plugin";

export const readerTables: readonly TableShape[] = [];
