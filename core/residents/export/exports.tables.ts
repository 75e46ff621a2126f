import { double, key, optional, ref, time, word, type TableShape } from "../../storage/columns.ts";

/** Archives that people asked for: of all that is theirs (no blog), or of one blog; the file lies in the data folder. */
export const dataExports: TableShape = {
  name: "data_exports",
  columns: {
    id: key(),
    account_id: ref(),
    blog_id: optional(ref()),
    state: word(16),
    file: word(80),
    bytes: double(),
    created_at: time(),
    ready_at: optional(time()),
    expires_at: time(),
  },
  indexes: [
    { name: "data_exports_by_account", columns: ["account_id", "id"] },
    { name: "data_exports_by_expiry", columns: ["expires_at"] },
  ],
};

export const exportTables = [dataExports] as const;
