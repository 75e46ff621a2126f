import { stamp } from "../clock.ts";
import { upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";
import type { Plugin } from "./manifest.ts";

const nameOf = (pluginId: string) => `plugin-consent/${pluginId}`;

const wantedBy = ({ capabilities = [], hosts = [] }: Plugin): string[] => [
  ...capabilities,
  ...hosts.map((host) => `requests to ${host}`),
];

/** Notes that somebody let a plugin use what it wants now; in the transaction that switches it on. */
export async function rememberConsent(db: Transaction, plugin: Plugin, now: Date): Promise<void> {
  const row = { name: nameOf(plugin.id), value: JSON.stringify(wantedBy(plugin)), updated_at: stamp(now) };
  await upsert(db, "site_settings", row, ["name"]);
}

/** What a plugin wants to use and nobody has let it use yet; `isFirst` when nobody was ever asked. */
export async function missingConsent(storage: Storage, plugin: Plugin): Promise<{ isFirst: boolean; wants: readonly string[] }> {
  const [row] = await storage.query("SELECT value FROM site_settings WHERE name = ?", [nameOf(plugin.id)]);
  if (!row) return { isFirst: true, wants: wantedBy(plugin) };
  const given = JSON.parse(String(row.value)) as string[];
  return { isFirst: false, wants: wantedBy(plugin).filter((one) => !given.includes(one)) };
}

/** Forgets the consent of a plugin that is erased. */
export async function forgetConsent(db: Transaction, pluginId: string): Promise<void> {
  await db.run("DELETE FROM site_settings WHERE name = ?", [nameOf(pluginId)]);
}
