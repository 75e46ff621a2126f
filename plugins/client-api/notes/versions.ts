import { insertRow, type NewId } from "../numbered.ts";
import type { Own } from "../settings.ts";
import type { Note } from "./notes.ts";

/** What a note was. */
export type Version = { readonly number: number; readonly body: string; readonly isEncrypted: boolean; readonly at: string };
type Row = { number: number; body: string; is_encrypted: number; written_at: string };

const [days, most] = [60, 200];
const day = 86_400_000;

/** Keeps a note's words before others take their place. */
export async function keepVersion(context: Own, accountId: string, note: Note, { id, number, now }: NewId): Promise<void> {
  await insertRow(context, "versions", {
    id,
    number,
    account_id: accountId,
    note_id: note.id,
    body: note.body,
    is_encrypted: note.isEncrypted ? 1 : 0,
    written_at: note.updatedAt,
    replaced_at: now,
  });
}

/** What a note was within the last 60 days, the newest first. */
export async function versionsOf({ tables, clock }: Own, noteId: string): Promise<readonly Version[]> {
  const rows = await tables.query<Row>(
    `SELECT number, body, is_encrypted, written_at FROM p_client_api_versions WHERE note_id = ? AND replaced_at >= ? ORDER BY number DESC LIMIT ${most}`,
    [noteId, keptSince(clock.now())],
  );
  return rows.map(({ number, body, is_encrypted: encrypted, written_at: at }) => ({
    number,
    body,
    isEncrypted: encrypted === 1,
    at,
  }));
}

/** Lets go of what is older. */
export async function forgetVersions({ tables, clock }: Own): Promise<void> {
  await tables.run("DELETE FROM p_client_api_versions WHERE replaced_at < ?", [keptSince(clock.now())]);
}

const keptSince = (now: Date): string => new Date(now.getTime() - days * day).toISOString();
