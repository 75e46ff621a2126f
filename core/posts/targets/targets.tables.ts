import { int, line, optional, primary, ref, text, time, word, type TableShape } from "../../storage/columns.ts";

/** Where else a post goes: one row for each copy that somebody chose, and what became of it. */
export const postTargets: TableShape = {
  name: "post_targets",
  columns: {
    post_id: primary(ref()),
    plugin_id: primary(word(40)),
    target: primary(word(100)),
    blog_id: ref(),
    state: word(16),
    /** A text of its own, instead of the one the service would make. */
    own_text: optional(text()),
    label: line(200),
    url: text(),
    /** What the service needs to find its copy again, as JSON. */
    copy: text(),
    reason: text(),
    attempts: int(),
    updated_at: time(),
  },
  indexes: [{ name: "post_targets_by_state", columns: ["blog_id", "state", "updated_at"] }],
};

export const targetTables = [postTargets] as const;
