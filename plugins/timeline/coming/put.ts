import { PublicError } from "rookery/plugin";
import type { ItemDraft, OwnDraft } from "../api.ts";
import { hashOf } from "../ids.ts";
import type { Own } from "../settings.ts";
import { personSource, sourcesById, type StoredSource } from "../sources.ts";
import { itemAt, personAt, tellNew } from "./known.ts";
import { mention, mentionedIn } from "./mentions.ts";
import { storeItem, storeOld, type Incoming } from "./store-item.ts";

/** Takes items of other plugins' sources in; gives their numbers, in order. PublicError 404 for a source there is none of. */
export async function putItems(context: Own, drafts: readonly ItemDraft[]): Promise<readonly number[]> {
  const sources = await sourcesById(
    context,
    drafts.map(({ sourceId }) => sourceId),
  );
  const items = [];
  for (const given of drafts) items.push(await incoming(context, sources, given));
  // The first look at a source brings many that are for no timeline.
  const old = items.filter(({ isNew }) => !isNew);
  const together = old.length > 1 ? await storeOld(context, old).catch(() => null) : null;
  const numbers = [];
  const waited = new Set<string>();
  for (const item of items) {
    const stored = together?.get(item) ?? (await storeItem(context, item));
    numbers.push(stored.number);
    if (stored.isNew) await tellNew(context, stored.number, item.sourceId);
    // Whoever waits for the source gets them together.
    if (stored.isNew && !item.isNew) waited.add(item.sourceId);
  }
  for (const sourceId of waited)
    await context.enqueue("first-fill", { sourceId }, { key: `first-fill ${sourceId}`, in: { seconds: 5 } });
  return numbers;
}

async function incoming(context: Own, sources: ReadonlyMap<string, StoredSource>, given: ItemDraft): Promise<Incoming> {
  const draft = (await context.call("timeline.item", given)) as ItemDraft;
  const source = sources.get(draft.sourceId);
  // Of people and blogs here only the core tells.
  if (!source || source.plugin === "timeline") throw new PublicError("no-source", "There is nothing here to follow.", 404);
  const { replyTo = "", isNew = true } = draft;
  return {
    key: keyOf(source.id, draft.key),
    kind: "post",
    blogId: "",
    sourceId: source.id,
    accountId: "",
    placeId: "",
    url: draft.url,
    title: draft.title ?? "",
    html: draft.html,
    photos: draft.photos ?? [],
    language: draft.language ?? source.language,
    publishedAt: draft.publishedAt,
    replyTo,
    replySourceId: replyTo === "" ? "" : ((await itemAt(context, replyTo))?.source_id ?? ""),
    state: "shown",
    isNew,
  };
}

/** Takes items away by the keys their source knows them by. */
export async function removeItems({ tables }: Own, sourceId: string, keys: readonly string[]): Promise<void> {
  for (const key of keys)
    await tables.run(
      "UPDATE p_timeline_items SET state = 'removed', html = '', title = '', words = '', photos = '[]' WHERE key_hash = ?",
      [hashOf(keyOf(sourceId, key))],
    );
}

/** Takes in what somebody here said outside of any blog. PublicError 404 for nobody. */
export async function putOwn(context: Own, { key, accountId, url, html, publishedAt, replyTo, post }: OwnDraft): Promise<number> {
  const account = await context.accounts.byId(accountId);
  if (!account) throw new PublicError("no-person", "There is nobody of this name here.", 404);
  const source = await personSource(context, account);
  const target = replyTo === "" ? null : await itemAt(context, replyTo);
  const stored = await storeItem(context, {
    key: keyOf(accountId, key),
    kind: post ? "post" : replyTo === "" ? "mention" : "reply",
    blogId: "",
    sourceId: source.id,
    accountId,
    placeId: "",
    url,
    title: post?.title ?? "",
    html,
    photos: post?.photos ?? [],
    language: account.language,
    publishedAt,
    replyTo,
    replySourceId: target?.source_id ?? "",
    state: "shown",
    isNew: post?.isNew ?? true,
  });
  if (post?.isNew === false) return stored.number;
  const answered = target && target.source_id !== accountId ? await personAt(context, target.source_id) : [];
  await mention(context, stored.number, [...(await mentionedIn(context, stored.text, accountId)), ...answered]);
  if (stored.isNew) await tellNew(context, stored.number, source.id);
  return stored.number;
}

const keyOf = (sourceId: string, key: string): string => `${sourceId} ${key}`;
