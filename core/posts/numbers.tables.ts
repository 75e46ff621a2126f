import { ref, serial, type TableShape } from "../storage/columns.ts";

/**
 * One rising sequence of whole numbers over posts, interactions and whatever else an app names by a number. A number is never
 * given twice, also after its subject was erased.
 */
export const numbers: TableShape = {
  name: "numbers",
  columns: { number: serial(), subject_id: ref(), blog_id: ref() },
  indexes: [
    { name: "numbers_by_subject", columns: ["subject_id"], unique: true },
    { name: "numbers_by_blog", columns: ["blog_id"] },
  ],
};

export const numberTables = [numbers] as const;
