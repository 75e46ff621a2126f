import { optional, primary, ref, text, time, word, type TableShape } from "../../storage/columns.ts";

/** Why an account or a blog is suspended or deleted, by whom, and when it is erased; no row while it is active. */
export const standings: TableShape = {
  name: "standings",
  columns: {
    kind: primary(word(8)),
    subject_id: primary(ref()),
    reason: text(),
    account_id: optional(ref()),
    // The account that the blog went along with, so that both come back together.
    cause_id: optional(ref()),
    options: text(),
    changed_at: time(),
    erase_at: optional(time()),
  },
  indexes: [{ name: "standings_by_cause", columns: ["cause_id"] }],
};

export const standingTables = [standings] as const;
