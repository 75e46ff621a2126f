import { randomBytes } from "node:crypto";
import type { Own } from "../rows.ts";

/** What nobody but the hub is told: the end of the callback's address, and the secret that deliveries are signed with. */
export type HubKeys = { readonly key: string; readonly secret: string };

/** Makes and seals them for a subscription. */
export async function makeKeys(context: Own, id: string): Promise<HubKeys> {
  const keys = { key: randomBytes(24).toString("base64url"), secret: randomBytes(32).toString("base64url") };
  await context.secrets.keep(`hub-${id}`, JSON.stringify(keys));
  return keys;
}

/** Those of a subscription; null when they are lost. */
export async function keysOf(context: Own, id: string): Promise<HubKeys | null> {
  const kept = await context.secrets.read(`hub-${id}`);
  return kept === null ? null : (JSON.parse(kept) as HubKeys);
}

/** Forgets a subscription with all that belongs to it. */
export async function forgetHub(context: Own, id: string): Promise<void> {
  await context.tables.run("DELETE FROM p_sources_hubs WHERE id = ?", [id]);
  await context.secrets.forget(`hub-${id}`);
}
