import { createHash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import type { Connection } from "../../hooks/fields.ts";
import type { Blog, Json } from "../../hooks/values.ts";
import { wakeCopies } from "../../posts/targets/wake-copies.ts";
import type { HostServices } from "../host-services.ts";
import type { Plugin } from "../manifest.ts";
import { storedValueToChange, storeValues } from "../plugin-settings.ts";
import { secretPlace, settableFields, settingPlace } from "../save-settings.ts";

/** What is stored of a connection; the tokens are sealed at the place. */
export type StoredConnection = { readonly account: string; readonly expiresAt: string | null; readonly sealed: string };

const mostAccounts = 50;

type Kept = {
  readonly plugin: Plugin;
  readonly setting: string;
  readonly connection: Connection<Json> | null;
  /** Which one to take away where there are several; all of them unless told. */
  readonly account?: string;
  readonly blog?: Blog;
  /** New tokens for a session that goes on: nobody waited for them but the plugin that asks. */
  readonly isRenewed?: boolean;
};

/**
 * Stores a connection with its tokens sealed, or (null) removes both. Where a setting holds several, the one of the same account
 * is replaced and any other joins them. PublicError 422 when there are too many.
 */
export async function keepConnection(services: HostServices, clock: Clock, kept: Kept): Promise<void> {
  const { plugin, setting, connection, blog } = kept;
  const place = settingPlace(plugin.id, blog ?? null);
  const isMany = settableFields(plugin, blog ?? null)[setting]?.multiple === true;
  // The list is read and written in one transaction: two that are connected at once are both kept.
  await services.storage.write(async (db) => {
    const before = storedConnections(await storedValueToChange(db, place, setting));
    const account = connection?.account ?? kept.account;
    const gone = isMany && account !== undefined ? before.filter((one) => one.account === account) : before;
    const stay = before.filter((one) => !gone.includes(one));
    if (connection && stay.length >= mostAccounts)
      throw new PublicError("connection.many", `No more than ${mostAccounts} accounts can be connected here.`, 422, {
        most: mostAccounts,
      });
    const sealed = isMany ? `${secretPlace(place, setting)}/${markOf(account ?? "")}` : secretPlace(place, setting);
    for (const one of gone) if (!connection || one.sealed !== sealed) await services.eraseSecret(one.sealed);
    if (connection) await services.sealSecret(sealed, JSON.stringify(connection.tokens));
    const made = connection && { account: connection.account, expiresAt: connection.expiresAt, sealed };
    const at = before.findIndex((one) => gone.includes(one));
    const list = made ? stay.toSpliced(at < 0 ? stay.length : at, 0, made) : stay;
    const value = isMany ? list : (made ?? undefined);
    // Copies may have waited for just this account; those that did not find that out by themselves.
    const sleepers = { blogId: blog?.id ?? null, servedBy: plugin.id };
    if (connection && !kept.isRenewed) await wakeCopies(db, sleepers, clock.now());
    await storeValues(db, place, { [setting]: Array.isArray(value) && value.length === 0 ? undefined : value }, clock.now());
  });
}

// Names of accounts can be longer than a secret's place, and of any letters.
const markOf = (account: string): string => createHash("sha256").update(account).digest("hex").slice(0, 24);

/** A stored connection with its tokens, or a list of them as it was stored; undefined when it is none. */
export async function openConnection(
  services: Pick<HostServices, "openSecret">,
  stored: Json | undefined,
): Promise<Json | undefined> {
  const opened: Json[] = [];
  for (const found of storedConnections(stored)) {
    const tokens = await services.openSecret(found.sealed);
    if (tokens !== "") opened.push({ account: found.account, expiresAt: found.expiresAt, tokens: JSON.parse(tokens) as Json });
  }
  return Array.isArray(stored) ? opened : opened[0];
}

/** The connections in a stored value: none, one, or those of a setting that holds several. */
export function storedConnections(value: Json | undefined): readonly StoredConnection[] {
  return [value].flat().filter((one): one is StoredConnection => {
    const found = one as Partial<StoredConnection> | null | undefined;
    return typeof found === "object" && typeof found?.account === "string" && typeof found.sealed === "string";
  });
}
