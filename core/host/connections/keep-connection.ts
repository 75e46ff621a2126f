import type { Clock } from "../../clock.ts";
import type { Connection } from "../../hooks/fields.ts";
import type { Blog, Json } from "../../hooks/values.ts";
import type { HostServices } from "../host-services.ts";
import type { Plugin } from "../manifest.ts";
import { storeValues } from "../plugin-settings.ts";
import { secretPlace, settingPlace } from "../save-settings.ts";

/** What is stored of a connection; the tokens are sealed at the place. */
export type StoredConnection = { readonly account: string; readonly expiresAt: string | null; readonly sealed: string };

type Kept = {
  readonly plugin: Plugin;
  readonly setting: string;
  readonly connection: Connection<Json> | null;
  readonly blog?: Blog;
};

/** Stores a connection with its tokens sealed, or (null) removes both. */
export async function keepConnection(services: HostServices, clock: Clock, kept: Kept): Promise<void> {
  const { plugin, setting, connection, blog } = kept;
  const place = settingPlace(plugin.id, blog ?? null);
  const sealed = secretPlace(place, setting);
  if (connection) await services.sealSecret(sealed, JSON.stringify(connection.tokens));
  else await services.eraseSecret(sealed);
  const stored = connection && { account: connection.account, expiresAt: connection.expiresAt, sealed };
  await services.storage.write((db) => storeValues(db, place, { [setting]: stored ?? undefined }, clock.now()));
}

/** A stored connection with its tokens; undefined when it is none. */
export async function openConnection(
  services: Pick<HostServices, "openSecret">,
  stored: Json | undefined,
): Promise<Json | undefined> {
  const found = storedConnection(stored);
  if (!found) return undefined;
  const tokens = await services.openSecret(found.sealed);
  return tokens === "" ? undefined : { account: found.account, expiresAt: found.expiresAt, tokens: JSON.parse(tokens) as Json };
}

/** A stored value as a connection; null when it is none. */
export function storedConnection(value: Json | undefined): StoredConnection | null {
  const found = value as Partial<StoredConnection> | null | undefined;
  const isOne = typeof found === "object" && typeof found?.account === "string" && typeof found.sealed === "string";
  return isOne ? (found as StoredConnection) : null;
}
