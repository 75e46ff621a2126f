import { isUlid, namesIn } from "rookery/plugin";
import { mostMentioned } from "../bounds.ts";
import type { Own } from "../settings.ts";

/** Names behind an @ in a text, in small letters; no e-mail addresses, no names of other places. */
export function handlesIn(text: string): readonly string[] {
  // Plain text has no tags to look past.
  return namesIn(text.replaceAll("<", " ")).slice(0, mostMentioned);
}

/** The accounts that a text names, without whoever wrote it. */
export async function mentionedIn(context: Own, text: string, authorId: string): Promise<readonly string[]> {
  const found = [];
  for (const handle of handlesIn(text)) {
    const account = await context.accounts.byUsername(handle);
    if (account && account.id !== authorId) found.push(account.id);
  }
  return found;
}

/** Puts an item under Mentions of these accounts; those that have it keep it. */
export async function mention({ tables }: Own, number: number, accountIds: Iterable<string>): Promise<void> {
  for (const id of new Set(accountIds)) {
    if (!isUlid(id)) continue;
    await tables.run(
      `INSERT INTO p_timeline_mentions (account_id, number, blog_id, at)
       SELECT ?, i.number, i.blog_id, i.at FROM p_timeline_items i WHERE i.number = ?
       AND NOT EXISTS (SELECT 1 FROM p_timeline_mentions m WHERE m.account_id = ? AND m.number = ?)`,
      [id, number, id, number],
    );
  }
}
