import { flag, int, line, optional, primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** Links that were mailed to sign an app in; the words themselves are stored as SHA-256 only. */
const links: TableShape = {
  name: "p_client_api_links",
  columns: {
    /** Of the word in the mail. */
    link_hash: primary(word(64)),
    /** Of the word that the app gets, which is another one where the person must show more than that they read the mail. */
    app_hash: word(64),
    blog_id: ref(),
    account_id: ref(),
    app_name: line(100),
    redirect_url: text(),
    expires_at: time(),
    /** Whether the app's word is good already. */
    is_open: flag(),
    /** The key that came of it, and its value, sealed with the app's word. */
    token_id: optional(ref()),
    sealed: optional(text()),
  },
  indexes: [
    { name: "p_client_api_links_app", columns: ["app_hash"] },
    { name: "p_client_api_links_over", columns: ["expires_at"] },
    { name: "p_client_api_links_account", columns: ["account_id"] },
  ],
};

/** How the apps of somebody write times. */
const clocks: TableShape = {
  name: "p_client_api_clocks",
  columns: {
    account_id: primary(ref()),
    blog_id: ref(),
    /** What must be added to the local time to get UTC, as JavaScript counts; nothing where it is not known. */
    minutes: optional(int()),
    /** 12 or 24. */
    hours: int(12),
    /** ymd, mdy or dmy. */
    day_order: word(3),
    date_mark: word(1),
  },
};

/** The first sentences of texts that apps asked to have summarised. */
const summaries: TableShape = {
  name: "p_client_api_summaries",
  columns: { account_id: primary(ref()), blog_id: primary(ref()), summary: text() },
};

export const accountTables: readonly TableShape[] = [links, clocks, summaries];
