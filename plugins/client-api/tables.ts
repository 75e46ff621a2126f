import type { TableShape } from "rookery/plugin";
import { accountTables } from "./account/tables.ts";
import { bookmarkTables } from "./bookmarks/tables.ts";
import { bookTables } from "./books/tables.ts";
import { hybridTables } from "./hybrid/tables.ts";
import { noteTables } from "./notes/tables.ts";
import { readerTables } from "./reader/tables.ts";
import { userTables } from "./users/tables.ts";

export const tables: readonly TableShape[] = [
  ...accountTables,
  ...userTables,
  ...bookmarkTables,
  ...readerTables,
  ...bookTables,
  ...noteTables,
  ...hybridTables,
];
