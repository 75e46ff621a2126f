import { PublicError, type Account } from "rookery/plugin";
import type { Source } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { missing } from "../wire/answers.ts";
import type { Caller } from "../wire/caller.ts";
import { askTimeline } from "../wire/peers.ts";

/** Somebody that an app asks about. `account`: they are a person of this installation. */
export type Somebody = { readonly source: Source; readonly account: Account | null };

/**
 * Whom a name means: somebody here by name, a blog or an outsider by what the timeline knows them by. Looking asks no network and
 * writes nothing. Visitors find people and blogs of this installation only. PublicError 404.
 */
export async function somebody(context: Own, caller: Caller | null, name: string): Promise<Somebody> {
  if (!caller) await openToVisitors(context);
  const found = await somebodyIfAny(context, caller, name);
  if (!found) throw missing("There is nobody of this name here.");
  return found;
}

/** The same; null for nobody. */
export async function somebodyIfAny(context: Own, caller: Caller | null, name: string): Promise<Somebody | null> {
  const handle = name.trim().replace(/^@/, "").slice(0, 200).toWellFormed();
  if (handle === "" || reserved.has(handle.toLowerCase())) return null;
  const account = await context.accounts.byUsername(handle.replace(`@${new URL(context.site.url).host}`, ""));
  if (account)
    return { account, source: (await askTimeline(context, (store) => store.sourceById(account.id))) ?? seen(context, account) };
  const source = await askTimeline(context, (store) => store.sourceByHandle(handle));
  if (!source || source.kind === "person" || (!caller && source.kind !== "blog")) return null;
  return { source, account: null };
}

/** PublicError 401 where profiles and conversations are for members only. */
export async function openToVisitors(context: Own): Promise<void> {
  if (await askTimeline(context, async (store) => store.arePagesPublic())) return;
  throw new PublicError("unauthorized", "Sign in first: this installation shows profiles and conversations to its members.", 401);
}

// Nobody followed them yet, so the timeline has not met them.
function seen({ site }: Own, { id, name, username, photo, language }: Account): Source {
  const url = new URL(`/people/${username}`, site.url).href;
  return {
    id,
    kind: "person",
    title: name || username,
    url,
    avatar: photo,
    handle: username,
    language,
    plugin: "timeline",
    key: id,
  };
}

const reserved: ReadonlySet<string> = new Set(
  "timeline all mentions photos media discover conversation bookmarks favorites check markers reply replies search".split(" "),
);

/** Somebody as lists of people have them. */
export const personOf = ({ title, url, avatar, handle }: Source) => ({ name: title, url, avatar, handle });
