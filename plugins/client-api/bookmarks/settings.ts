import type { Reply } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { answer } from "../wire/answers.ts";
import { flagOf } from "../wire/input.ts";
import type { Call } from "../wire/route.ts";

/** `GET` and `POST /bookmarks/settings`: whether lists of bookmarks show summaries; they do not unless somebody says so. */
export async function bookmarkSettings({ context, input, request, need }: Call): Promise<Reply> {
  const { account } = need("read");
  const wanted = request.method === "POST" ? flagOf(input, "summaries") : undefined;
  if (wanted !== undefined) await choose(context, account.id, wanted);
  return answer({ is_showing_summaries: await showsSummaries(context, account.id) });
}

/** What somebody chose. */
export async function showsSummaries({ tables }: Own, accountId: string): Promise<boolean> {
  return (await tables.query("SELECT account_id FROM p_client_api_choices WHERE account_id = ?", [accountId])).length > 0;
}

async function choose({ tables }: Own, accountId: string, isOn: boolean): Promise<void> {
  await tables.run("DELETE FROM p_client_api_choices WHERE account_id = ?", [accountId]);
  // Two devices at once: it is there all the same.
  if (isOn) await tables.run("INSERT INTO p_client_api_choices (account_id, blog_id) VALUES (?, '')", [accountId]).catch(() => 0);
}
