import { PublicError } from "rookery/plugin";
import { insertOnce, marks, nowOf, typed } from "../rows.ts";
import type { Own } from "../settings.ts";

export type BlockedDomain = { readonly host: string; readonly reason: string; readonly by: string; readonly at: string };
type Place = Pick<Own, "tables">;

/** The host of an address; null for none. */
export const hostOf = (url: string): string | null => URL.parse(url)?.hostname || null;

/** A host as somebody types it, also inside an address; null for what is none. Names of other scripts become ASCII. */
export function hostFrom(text: string): string | null {
  const plain = text.trim().replace(/^\*\./, "").replace(/\.$/, "").toLowerCase().toWellFormed();
  if (plain === "" || plain.length > 2_048) return null;
  const host = URL.parse(/^https?:\/\//.test(plain) ? plain : `https://${plain}/`)?.hostname ?? "";
  return /^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/.test(host) ? host : null;
}

/** Whether any of these hosts, or one above it, is blocked. */
export async function isBlocked({ tables }: Place, hosts: readonly (string | null)[]): Promise<boolean> {
  const wanted = [...new Set(hosts.flatMap((host) => parents(host)))];
  if (wanted.length === 0) return false;
  const sql = `SELECT host FROM p_moderation_domains WHERE host IN (${marks(wanted.length)}) LIMIT 1`;
  return (await tables.query(sql, wanted)).length > 0;
}

/** Blocks a host and all below it; false when it was. PublicError for this installation's own. */
export async function blockHost(
  context: Own,
  { host, reason, by }: { readonly host: string; readonly reason: string; readonly by: string },
): Promise<boolean> {
  const hub = new URL(context.site.url).hostname;
  if (host === hub || hub.endsWith(`.${host}`) || (await context.blogAt(`https://${host}/`)))
    throw new PublicError("own-host", "This is a host of this installation.", 422);
  return insertOnce(context, "domains", { host, reason: typed(reason, 2_000), by_id: by, at: nowOf(context) }, "host");
}

/** Lets a host in again. */
export async function unblockHost({ tables }: Place, host: string): Promise<void> {
  await tables.run("DELETE FROM p_moderation_domains WHERE host = ?", [host]);
}

/** Blocked hosts in the order of their names, going on after one. */
export async function blockedHosts({ tables }: Place, after: string, limit: number): Promise<readonly BlockedDomain[]> {
  const sql = `SELECT host, reason, by_id, at FROM p_moderation_domains WHERE host > ? ORDER BY host LIMIT ${limit}`;
  const rows = await tables.query<{ host: string; reason: string; by_id: string; at: string }>(sql, [after]);
  return rows.map(({ host, reason, by_id: by, at }) => ({ host, reason, by, at }));
}

function parents(host: string | null): string[] {
  if (!host || !/^[a-z0-9.-]{1,253}$/i.test(host)) return [];
  const labels = host.toLowerCase().split(".").slice(-8);
  return labels.slice(0, -1).map((_label, at) => labels.slice(at).join("."));
}
