import { flag, int, primary, ref, text, time, word, type TableShape } from "../../storage/columns.ts";

/**
 * What stands in somebody's composer beside a post, one row for each of the two: everything as it was typed. Beside a draft it
 * holds what the post itself cannot (`base_version` is then the draft's own); beside a published post it is the pending edit,
 * the `number`-th since `base_version`, which readers do not see. `page` is the opened composer that wrote it last.
 */
export const postEdits: TableShape = {
  name: "post_edits",
  columns: {
    post_id: primary(ref()),
    account_id: primary(ref()),
    blog_id: ref(),
    base_version: int(),
    number: int(),
    page: word(64),
    fields: text(),
    is_discarded: flag(),
    saved_at: time(),
  },
  indexes: [{ name: "post_edits_discarded", columns: ["is_discarded", "saved_at"] }],
};

export const autosaveTables = [postEdits] as const;
