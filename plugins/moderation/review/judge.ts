import { plainText } from "rookery/plugin";
import { oneLine } from "../rows.ts";
import type { Own } from "../settings.ts";
import { inForce } from "../standing.ts";
import { judgedBefore, keepJudged, type Judged } from "./judged.ts";
import { isUnderReview, setWaiting, type Utterance } from "./people.ts";
import { linkedHosts, saidHash, sameWords, whyHeld, wordsFrom } from "./rules.ts";

export type Judgement = "pass" | "limited" | "held";

/**
 * Whether something that somebody here says goes out, stays with them, or waits for a moderator. It is judged once, and again
 * when it says something else.
 */
export async function judge(context: Own, said: Utterance): Promise<Judgement> {
  const kinds = await inForce(context, said.accountId);
  const isLimited = kinds.has("limit") || kinds.has("suspend");
  const before = await judgedBefore(context, said.key);
  // What waits goes on waiting, also when it is changed: whoever looks sees it as it is then.
  const isShut = before?.state === "held" || before?.state === "refused";
  const isNew = await isUnderReview(context, said.accountId);
  if (!isLimited && !isShut && !isNew && !kinds.has("hold")) return "pass";
  const hash = saidHash(said.html);
  const isSame = before?.textHash === hash;
  if (isSame && isShut) return isLimited ? "limited" : "held";
  if (isSame && !isLimited && before.state !== "limited") return "pass";
  const found = [...(kinds.has("hold") ? ["hold"] : []), ...(isNew ? await reasons(context, said) : [])];
  const state = isShut ? before.state : isLimited ? "limited" : found.length > 0 ? "held" : "passed";
  const why = isShut && found.length === 0 ? before.why : found;
  await keepJudged(context, said, before, { state, why, textHash: hash, excerpt: oneLine(plainText(said.html), 300) });
  if (state === "held" && !kinds.has("hold")) await tellOfWaiting(context, said.accountId);
  if (isLimited) return "limited";
  return state === "passed" ? "pass" : "held";
}

async function reasons(context: Own, said: Utterance): Promise<Judged["why"]> {
  const count = async (sql: string, values: readonly string[]) => (await context.tables.query(sql, values)).length;
  const others = "SELECT id FROM p_moderation_judged WHERE account_id = ? AND key_hash <> ?";
  const asked = [said.accountId, said.key];
  const [before, same] = await Promise.all([
    // What waits makes nobody known: else three links that are held would open the door to a fourth.
    count(`${others} AND state IN ('passed', 'released') LIMIT 4`, asked),
    count(`${others} AND text_hash >= ? AND text_hash < ? LIMIT 4`, [...asked, ...sameWords(said.html)]),
  ]);
  const own = new Set([new URL(context.site.url).hostname]);
  for (const host of new Set(linkedHosts(said.html).slice(0, 20))) if (await context.blogAt(`https://${host}/`)) own.add(host);
  const isOwnHost = (host: string) => own.has(host);
  return whyHeld({ html: said.html, before, same, isOwnHost, words: wordsFrom(context.settings.words) });
}

/** Tells moderators that something of somebody waits, where nothing did before. */
export async function tellOfWaiting(context: Own, accountId: string): Promise<void> {
  if (!(await setWaiting(context, accountId))) return;
  await context.enqueue("tell-held", { accountId }, { key: `tell-held ${accountId}` });
}
