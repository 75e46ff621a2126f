import type { TableShape } from "rookery/plugin";

export const noteTables: readonly TableShape[] = [];
