import { plainText } from "rookery/plugin";
import { insertOnce, oneLine } from "../rows.ts";
import type { Own } from "../settings.ts";
import { inForce } from "../standing.ts";
import { isUnderReview, judgedRow, keyOf, setWaiting, type Utterance } from "./people.ts";
import { linkedHosts, textHash, whyHeld, wordsFrom } from "./rules.ts";

export type Judgement = "pass" | "limited" | "held";

/** Whether something that somebody here says goes out, stays with them, or waits for a moderator. The same thing is judged once. */
export async function judge(context: Own, said: Utterance): Promise<Judgement> {
  const kinds = await inForce(context, said.accountId);
  if (kinds.has("limit") || kinds.has("suspend")) return "limited";
  const before = await judgedBefore(context, said);
  // What was let through may be changed into something else; what waits goes on waiting.
  if (before?.state === "held" || before?.state === "refused") return "held";
  if (!kinds.has("hold") && !(await isUnderReview(context, said.accountId))) return "pass";
  const [hash, why] = [textHash(said.html), kinds.has("hold") ? ["hold"] : await reasons(context, said)];
  const excerpt = oneLine(plainText(said.html), 300);
  const row = judgedRow(context, said, { excerpt, textHash: hash, why: why.join(" ") });
  if (before?.text_hash === hash) return "pass";
  if (before)
    await context.tables.run("UPDATE p_moderation_judged SET excerpt = ?, text_hash = ?, why = ?, state = ? WHERE key_hash = ?", [
      row.excerpt,
      row.text_hash,
      row.why,
      row.state,
      row.key_hash,
    ]);
  else await insertOnce(context, "judged", row, "key_hash");
  if (why.length === 0) return "pass";
  if (!kinds.has("hold")) await tellOfWaiting(context, said.accountId);
  return "held";
}

async function reasons(context: Own, said: Utterance): Promise<readonly string[]> {
  const count = async (sql: string, values: readonly string[]) => (await context.tables.query(sql, values)).length;
  const others = "SELECT id FROM p_moderation_judged WHERE account_id = ? AND key_hash <> ?";
  const key = keyOf(said);
  const hash = textHash(said.html);
  const [before, same] = await Promise.all([
    count(`${others} LIMIT 4`, [said.accountId, key]),
    count(`${others} AND text_hash = ? LIMIT 4`, [said.accountId, key, hash]),
  ]);
  const own = new Set([new URL(context.site.url).hostname]);
  for (const host of new Set(linkedHosts(said.html).slice(0, 20))) if (await context.blogAt(`https://${host}/`)) own.add(host);
  const isOwnHost = (host: string) => own.has(host);
  return whyHeld({ html: said.html, before, same, isOwnHost, words: wordsFrom(context.settings.words) });
}

async function tellOfWaiting(context: Own, accountId: string): Promise<void> {
  if (!(await setWaiting(context, accountId))) return;
  await context.enqueue("tell-held", { accountId }, { key: `tell-held ${accountId}` });
}

async function judgedBefore({ tables }: Own, said: Utterance) {
  const sql = "SELECT state, text_hash FROM p_moderation_judged WHERE key_hash = ?";
  return (await tables.query<{ state: string; text_hash: string }>(sql, [keyOf(said)]))[0] ?? null;
}
