import type { Digest } from "../choices.ts";
import type { Own } from "../settings.ts";
import { send } from "./mail.ts";
import { nextDigest } from "./next-digest.ts";

const [handful, longest] = [100, 100];

type Due = { account_id: string; digest: Exclude<Digest, "off">; next_at: string };
type Row = { id: string; text: string; url: string; read_at: string | null };

/** Sends the digests whose time has come: what was not read since the last one, the oldest first. Nothing new is no mail. */
export async function sendDigests(context: Own): Promise<void> {
  const { tables, clock, signal } = context;
  for (let after = ""; ;) {
    signal.throwIfAborted();
    const due = await tables.query<Due>(
      `SELECT account_id, digest, next_at FROM p_notifications_choices WHERE next_at IS NOT NULL AND next_at <= ? AND account_id > ?
       ORDER BY account_id LIMIT ${handful}`,
      [clock.now().toISOString(), after],
    );
    for (const one of due) await sendTo(context, one);
    const last = due.at(-1)?.account_id;
    if (last === undefined || due.length < handful) return;
    after = last;
  }
}

async function sendTo(context: Own, { account_id: accountId, digest, next_at: due }: Due): Promise<void> {
  const { tables, accounts, clock } = context;
  const reader = await accounts.byId(accountId);
  const rows = await tables.query<Row>(
    `SELECT id, text, url, read_at FROM p_notifications_notices WHERE account_id = ? AND mail = 'digest' ORDER BY id LIMIT ${longest}`,
    [accountId],
  );
  const next = nextDigest(clock.now(), reader?.timeZone ?? "UTC", digest);
  const claim = "UPDATE p_notifications_choices SET next_at = ? WHERE account_id = ? AND next_at = ?";
  await send(context, accountId, {
    key: "mail.digest",
    rows: rows.filter(({ read_at: readAt }) => readAt === null),
    async mark() {
      if ((await tables.run(claim, [next, accountId, due])) === 0) return false;
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await tables.run(`UPDATE p_notifications_notices SET mail = 'sent' WHERE id IN (${marks(ids)})`, ids);
      return true;
    },
    // When it has to wait, the next look at the hour tries it again.
    again: async () => {},
  });
}

const marks = (ids: readonly string[]): string => ids.map(() => "?").join(", ");
