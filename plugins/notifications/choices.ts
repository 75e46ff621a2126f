import { ulid } from "rookery/plugin";
import { defaultOf, kinds, mailWays, type Kind, type KindChoice } from "./kinds.ts";
import { nextDigest } from "./telling/next-digest.ts";
import type { Own } from "./settings.ts";

export const digests = ["off", "daily", "weekly"] as const;
export type Digest = (typeof digests)[number];

/** What somebody wants to hear of, and how. */
export type Choices = { readonly kinds: Readonly<Record<Kind, KindChoice>>; readonly digest: Digest };

/** What somebody chose, and the defaults for the rest. */
export async function choicesOf({ tables }: Own, accountId: string): Promise<Choices> {
  const [row] = await tables.query<{ kinds: string; digest: string }>(
    "SELECT kinds, digest FROM p_notifications_choices WHERE account_id = ?",
    [accountId],
  );
  return { kinds: chosen(row?.kinds ?? "{}"), digest: digests.find((one) => one === row?.digest) ?? "off" };
}

/** Keeps what somebody chose. */
export async function saveChoices(context: Own, account: { readonly id: string; readonly timeZone: string }, wanted: Choices) {
  const { tables, clock } = context;
  const next = wanted.digest === "off" ? null : nextDigest(clock.now(), account.timeZone, wanted.digest);
  await rowOf(context, account.id);
  await tables.run("UPDATE p_notifications_choices SET kinds = ?, digest = ?, next_at = ? WHERE account_id = ?", [
    JSON.stringify(wanted.kinds),
    wanted.digest,
    next,
    account.id,
  ]);
}

/** The key by which the links in somebody's mails are known; made at the first asking. */
export async function leaveKeyOf(context: Own, accountId: string): Promise<string> {
  await rowOf(context, accountId);
  const [row] = await context.tables.query<{ leave_key: string }>(
    "SELECT leave_key FROM p_notifications_choices WHERE account_id = ?",
    [accountId],
  );
  return row!.leave_key;
}

/** Ends all mail to whoever has this key, but that of moderators. False for nobody's key. */
export async function leaveMails(context: Own, leaveKey: string): Promise<boolean> {
  if (!/^[0-9A-Z]{26}$/.test(leaveKey)) return false;
  const [row] = await context.tables.query<{ account_id: string; kinds: string }>(
    "SELECT account_id, kinds FROM p_notifications_choices WHERE leave_key = ?",
    [leaveKey],
  );
  if (!row) return false;
  const before = chosen(row.kinds);
  const quiet = kinds.map((kind) => [kind, kind === "moderation" ? before[kind] : { ...before[kind], mail: "off" }]);
  await context.tables.run("UPDATE p_notifications_choices SET kinds = ?, digest = 'off', next_at = NULL WHERE account_id = ?", [
    JSON.stringify(Object.fromEntries(quiet)),
    row.account_id,
  ]);
  return true;
}

// Keys of ULIDs cannot be guessed from one another: 80 of their bits are random.
async function rowOf({ tables, clock }: Own, accountId: string): Promise<void> {
  const isThere = async () =>
    (await tables.query("SELECT account_id FROM p_notifications_choices WHERE account_id = ?", [accountId])).length > 0;
  if (await isThere()) return;
  try {
    await tables.run(
      "INSERT INTO p_notifications_choices (account_id, blog_id, kinds, digest, leave_key) VALUES (?, ?, '{}', 'off', ?)",
      [accountId, accountId, ulid(clock.now().getTime())],
    );
  } catch (error) {
    // Another request was faster.
    if (!(await isThere())) throw error;
  }
}

function chosen(stored: string): Readonly<Record<Kind, KindChoice>> {
  const said = JSON.parse(stored) as Partial<Record<Kind, Partial<KindChoice>>>;
  const all = kinds.map((kind) => {
    const usual = defaultOf(kind);
    const { isListed = usual.isListed, mail = usual.mail } = said[kind] ?? {};
    return [kind, { isListed: isListed !== false, mail: mailWays.includes(mail) ? mail : usual.mail }] as const;
  });
  return Object.fromEntries(all) as Record<Kind, KindChoice>;
}
