import type { Notice } from "rookery/plugin";
import { choicesOf } from "../choices.ts";
import { kindOf } from "../kinds.ts";
import type { Own } from "../settings.ts";
import { slotOf } from "./slot.ts";
import { isUnwanted } from "./unwanted.ts";

/**
 * Writes a notice down for somebody, as they chose. The same one again changes nothing; a later one of the same kind and subject takes its place.
 * `handle` is the name of who is here and said it.
 */
export async function takeNotice(context: Own, accountId: string, notice: Notice, handle?: string): Promise<void> {
  if (notice.isChange) return void (await changeNotice(context, accountId, notice));
  const kind = kindOf(notice.kind);
  const { isListed, mail } = (await choicesOf(context, accountId)).kinds[kind];
  if (!isListed && mail === "off") return;
  // What moderators decide about somebody reaches them whatever they mute.
  if (kind !== "moderation" && (await isUnwanted(context, accountId, { ...notice, ...(handle && { handle }) }))) return;
  const row = {
    id: notice.id,
    blog_id: accountId,
    account_id: accountId,
    slot: slotOf(notice),
    kind,
    text: notice.text,
    url: notice.url,
    from_name: (notice.from?.name ?? "").slice(0, 200).toWellFormed(),
    from_url: notice.from?.url ?? "",
    from_avatar: notice.from?.avatar ?? "",
    at: notice.at,
    is_listed: isListed ? 1 : 0,
    mail: mail === "off" ? "none" : mail,
  };
  const kept = await keep(context, row);
  if (mail === "now" && kept === "now") await context.enqueue("mail", { id: notice.id }, { key: `mail ${notice.id}` });
}

type Row = Readonly<Record<string, string | number>> & {
  readonly id: string;
  readonly account_id: string;
  readonly slot: string;
};

/** Changes the words of what somebody was told, and where it leads; false when they were told nothing. */
export async function changeNotice(
  { tables }: Own,
  accountId: string,
  notice: Pick<Notice, "kind" | "subject" | "text" | "url">,
): Promise<boolean> {
  const sql = "UPDATE p_notifications_notices SET text = ?, url = ? WHERE account_id = ? AND slot = ?";
  return (await tables.run(sql, [notice.text, notice.url, accountId, slotOf(notice)])) > 0;
}

/** Takes back what people were told of a kind and subject, but for some. */
export async function dropNotices(
  { tables }: Own,
  { kind, subject, except = [] }: Pick<Notice, "kind" | "subject"> & { readonly except?: readonly string[] },
): Promise<void> {
  const others = except.length === 0 ? "" : ` AND account_id NOT IN (${except.map(() => "?").join(", ")})`;
  await tables.run(`DELETE FROM p_notifications_notices WHERE slot = ?${others}`, [slotOf({ kind, subject }), ...except]);
}

// Gives what is still to be done by mail about this notice; null when a later one took its place.
async function keep({ tables }: Own, row: Row): Promise<string | null> {
  const place = [row.account_id, row.slot];
  await tables.run("DELETE FROM p_notifications_notices WHERE account_id = ? AND slot = ? AND id < ?", [...place, row.id]);
  const names = Object.keys(row);
  const sql = `INSERT INTO p_notifications_notices (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`;
  try {
    await tables.run(sql, Object.values(row));
    return String(row.mail);
  } catch (error) {
    const [other] = await tables.query<{ id: string; mail: string }>(
      "SELECT id, mail FROM p_notifications_notices WHERE account_id = ? AND slot = ?",
      place,
    );
    if (!other) throw error;
    return other.id === row.id ? other.mail : null;
  }
}
