import { int, optional, primary, ref, text, time, word, type TableShape } from "../storage/columns.ts";

/** Every save of a blog's own templates; a number is given once and its source never changes. */
export const templateSaves: TableShape = {
  name: "template_saves",
  columns: {
    blog_id: primary(ref()),
    theme: primary(word(40)),
    template: primary(word(120)),
    number: primary(int()),
    source: text(),
    account_id: ref(),
    created_at: time(),
  },
};

/** The looks a blog had, one row for each save. */
export const designStates: TableShape = {
  name: "design_states",
  columns: { id: primary(ref()), blog_id: ref(), theme: word(40), design: text(), account_id: ref(), created_at: time() },
  indexes: [{ name: "design_states_by_blog", columns: ["blog_id", "created_at", "id"] }],
};

/** Templates that failed on a blog's pages and were passed by: one row each, with the last time. */
export const themeTroubles: TableShape = {
  name: "theme_troubles",
  columns: {
    blog_id: primary(ref()),
    /** As its owner knows it, `perch/post.njk (own copy)`; a theme that is missing has no file behind its name. */
    template: primary(word(180)),
    line: int(),
    message: text(),
    is_own: int(0),
    failed_at: time(),
    told_at: optional(time()),
  },
  indexes: [{ name: "theme_troubles_by_time", columns: ["failed_at"] }],
};

export const designTables = [templateSaves, designStates, themeTroubles] as const;
