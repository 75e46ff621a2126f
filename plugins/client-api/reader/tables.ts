import { flag, int, key, line, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** What somebody calls a source they follow, and since when apps know it. */
const subscriptions: TableShape = {
  name: "p_client_api_subscriptions",
  columns: { account_id: primary(ref()), source_id: primary(ref()), blog_id: word(26), title: line(200), created_at: time() },
};

/** What somebody said of an entry: that it is read, or (0) to be read once more; that it has a star. */
const entries: TableShape = {
  name: "p_client_api_entries",
  columns: {
    account_id: primary(ref()),
    /** read, star. */
    kind: primary(word(8)),
    number: primary(int()),
    blog_id: word(26),
    is_so: flag(),
    said_at: time(),
  },
  indexes: [{ name: "p_client_api_entries_said", columns: ["kind", "said_at"] }],
};

/** Passages somebody marked in entries. */
const highlights: TableShape = {
  name: "p_client_api_highlights",
  columns: {
    id: key(),
    number: int(),
    blog_id: word(26),
    account_id: ref(),
    /** The entry's number, its address and title when the passage was marked. */
    entry: int(),
    url: text(),
    title: line(300),
    body: text(),
    start_at: int(),
    end_at: int(),
    created_at: time(),
  },
  indexes: [
    { name: "p_client_api_highlights_number", columns: ["number"], unique: true },
    { name: "p_client_api_highlights_account", columns: ["account_id", "number"] },
    { name: "p_client_api_highlights_entry", columns: ["account_id", "entry"] },
  ],
};

export const readerTables: readonly TableShape[] = [subscriptions, entries, highlights];
