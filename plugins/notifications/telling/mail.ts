import { PublicError, type Account, type Json } from "rookery/plugin";
import { leaveKeyOf } from "../choices.ts";
import type { Own } from "../settings.ts";

type Row = { id: string; account_id: string; text: string; url: string; mail: string; read_at: string | null };

/** Sends one notice by mail, at once. */
export async function mailNotice(data: Json, context: Own): Promise<void> {
  const id = String((data as { id?: unknown } | null)?.id ?? "");
  const { tables } = context;
  const [row] = await tables.query<Row>(
    "SELECT id, account_id, text, url, mail, read_at FROM p_notifications_notices WHERE id = ?",
    [id],
  );
  if (row?.mail !== "now") return;
  const sql = "UPDATE p_notifications_notices SET mail = 'sent' WHERE id = ? AND mail = 'now'";
  await send(context, row.account_id, {
    key: "mail.one",
    rows: [row],
    mark: async () => (await tables.run(sql, [id])) > 0,
    again: (later) => context.enqueue("mail", { id }, later),
  });
}

/** What to send: the key of the subject, the notices, and how the same is tried later. */
type Letter = {
  readonly key: "mail.one" | "mail.digest";
  readonly rows: readonly Pick<Row, "text" | "url">[];
  /** Notes that they go out, in one transaction with the mail: of both there is none, or each once. False when somebody was faster. */
  mark(): Promise<boolean>;
  again(later: { in: { seconds: number } }): Promise<void>;
};

/**
 * Hands notices over to the queue of mails, in the language of whoever reads, with a way to leave. Who is not here any more gets none, and they count
 * as sent.
 */
export async function send(context: Own, accountId: string, { key, rows, mark, again }: Letter): Promise<void> {
  const reader = await context.accounts.byId(accountId);
  const mail = reader && rows.length > 0 ? await written(context, reader, { key, rows }) : null;
  try {
    await context.tables.write(async () => {
      if ((await mark()) && mail) await context.mail.send(mail);
    });
  } catch (error) {
    if (!(error instanceof PublicError) || error.status !== 429) throw error;
    await again({ in: { seconds: Number(error.values.wait) || 600 } });
  }
}

async function written(context: Own, reader: Account, { key, rows }: Pick<Letter, "key" | "rows">) {
  const say = (name: string, values: Record<string, string | number> = {}) => context.t(name, values, reader.language || "en");
  const { url } = context.site;
  const leaveKey = await leaveKeyOf(context, reader.id);
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
  return { accountId: reader.id, subject, text, ...(oneClick.startsWith("https:") && { unsubscribe: oneClick }) };
}
