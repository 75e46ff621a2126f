import { primary, ref, text, time, word, type TableShape } from "rookery/plugin";

/** Apps that show pages of ours inside themselves. What names a view is stored as SHA-256 only; its key is among the sealed words. */
const views: TableShape = {
  name: "p_client_api_views",
  columns: {
    id: primary(word(64)),
    blog_id: word(26),
    account_id: ref(),
    /** How the app wants pages to look, as JSON. */
    looks: text(),
    expires_at: time(),
  },
  indexes: [
    { name: "p_client_api_views_account", columns: ["account_id", "expires_at"] },
    { name: "p_client_api_views_over", columns: ["expires_at"] },
  ],
};

export const hybridTables: readonly TableShape[] = [views];
