import { PublicError, type Json } from "rookery/plugin";
import { leaveKeyOf } from "../choices.ts";
import type { Own } from "../settings.ts";

type Row = { id: string; account_id: string; text: string; url: string; mail: string; read_at: string | null };

/** Sends one notice by mail, at once. */
export async function mailNotice(data: Json, context: Own): Promise<void> {
  const id = String((data as { id?: unknown } | null)?.id ?? "");
  const [row] = await context.tables.query<Row>(
    "SELECT id, account_id, text, url, mail, read_at FROM p_notifications_notices WHERE id = ?",
    [id],
  );
  if (row?.mail !== "now") return;
  const isSent = await send(context, row.account_id, {
    key: "mail.one",
    rows: [row],
    again: () => context.enqueue("mail", { id }),
  });
  if (isSent) await markSent(context, [id]);
}

/** What to send: the key of the subject, the notices, and how the same is tried later. */
type Letter = {
  readonly key: "mail.one" | "mail.digest";
  readonly rows: readonly Pick<Row, "text" | "url">[];
  again(seconds: { in: { seconds: number } }): Promise<void>;
};

/** Sends notices to somebody, in their language, with a way to leave. False when it has to wait. */
export async function send(context: Own, accountId: string, { key, rows, again }: Letter): Promise<boolean> {
  const reader = await context.accounts.byId(accountId);
  if (!reader) return true;
  const say = (name: string, values: Record<string, string | number> = {}) => context.t(name, values, reader.language || "en");
  const { url } = context.site;
  const leaveKey = await leaveKeyOf(context, accountId);
  const [leave, oneClick] = ["leave", "one-click"].map((path) => `${url}/notifications/${path}?key=${leaveKey}`) as [
    string,
    string,
  ];
  const lines = rows.map((row) => `${row.text}\n${row.url.startsWith("/") ? url + row.url : row.url}`);
  const text = [
    ...lines,
    `-- \n${say("mail.why", { url: `${url}/notifications/settings` })}\n${say("mail.leave", { url: leave })}`,
  ].join("\n\n");
  const subject = say(key, { text: rows[0]?.text ?? "", n: rows.length });
  try {
    await context.mail.send({ accountId, subject, text, ...(oneClick.startsWith("https:") && { unsubscribe: oneClick }) });
    return true;
  } catch (error) {
    if (!(error instanceof PublicError) || error.status !== 429) throw error;
    await again({ in: { seconds: Number(error.values.wait) || 600 } });
    return false;
  }
}

/** Notes that these went out. */
export async function markSent({ tables }: Own, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tables.run(`UPDATE p_notifications_notices SET mail = 'sent' WHERE id IN (${ids.map(() => "?").join(", ")})`, ids);
}
