import { PublicError } from "rookery/plugin";
import type { ItemDraft, OwnDraft } from "../api.ts";
import { hashOf } from "../ids.ts";
import type { Own } from "../settings.ts";
import { personSource, sourceById } from "../sources.ts";
import { itemAt, personAt, tellNew } from "./known.ts";
import { mention, mentionedIn } from "./mentions.ts";
import { storeItem } from "./store-item.ts";

/** Takes items of other plugins' sources in, one after the other; gives their numbers. PublicError 404 for a source there is none of. */
export async function putItems(context: Own, drafts: readonly ItemDraft[]): Promise<readonly number[]> {
  const numbers = [];
  for (const given of drafts) {
    const draft = (await context.call("timeline.item", given)) as ItemDraft;
    const source = await sourceById(context, draft.sourceId);
    // Of people and blogs here only the core tells.
    if (!source || source.plugin === "timeline") throw new PublicError("no-source", "There is nothing here to follow.", 404);
    const { replyTo = "", isNew = true } = draft;
    const stored = await storeItem(context, {
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
    });
    numbers.push(stored.number);
    if (stored.isNew) await tellNew(context, stored.number, source.id);
    // The first look at a source brings several: whoever waits for it gets them together.
    if (stored.isNew && !isNew)
      await context.enqueue("first-fill", { sourceId: source.id }, { key: `first-fill ${source.id}`, in: { seconds: 5 } });
  }
  return numbers;
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
