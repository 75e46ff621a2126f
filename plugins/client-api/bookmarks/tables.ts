import { primary, ref, type TableShape } from "rookery/plugin";

/** Who wants summaries in lists of bookmarks. */
const choices: TableShape = { name: "p_client_api_choices", columns: { account_id: primary(ref()), blog_id: ref() } };

export const bookmarkTables: readonly TableShape[] = [choices];
