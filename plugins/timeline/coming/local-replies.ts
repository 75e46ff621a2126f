import type { Interaction } from "rookery/plugin";
import { hashOf } from "../ids.ts";
import type { Own } from "../settings.ts";
import { personSource } from "../sources.ts";
import { itemAt, personAt } from "./known.ts";
import { mention, mentionedIn } from "./mentions.ts";
import { takePost } from "./local-posts.ts";
import { handOver, storeItem } from "./store-item.ts";

const mostLooks = 5;
const keyOf = (id: string): string => `interaction ${id}`;

/** Follows a reply or mention as it is now: news of it may come late, twice and in any order, also to two processes at once. */
export async function followInteraction(context: Own, told: Interaction): Promise<void> {
  for (let [seen, looks] = ["", 0]; looks < mostLooks; looks++) {
    const one = await context.interactions.byId(told.id);
    const now = one ? JSON.stringify([one.state, one.html, one.sourceUrl, one.parentId]) : "gone";
    if (now === seen) return;
    if (one) await takeInteraction(context, one);
    else await removeInteraction(context, told);
    seen = now;
  }
}

// Likes and reposts are nobody's business.
async function takeInteraction(context: Own, interaction: Interaction): Promise<void> {
  if (interaction.kind !== "reply" && interaction.kind !== "mention") return;
  const post = await context.posts.byId(interaction.postId);
  if (!post) return;
  // The reply is itself a post that is here, perhaps since a moment ago.
  const self = await postNumber(context, interaction.sourceUrl);
  if (self !== null) return becomePost(context, interaction, self);
  const account = interaction.accountId === null ? null : await context.accounts.byId(interaction.accountId);
  const source = account && (await personSource(context, account));
  const { name, url, photo } = interaction.author;
  const parent = interaction.parentId === null ? null : await context.interactions.byId(interaction.parentId);
  const stored = await storeItem(context, {
    key: keyOf(interaction.id),
    id: interaction.id,
    number: interaction.number,
    kind: interaction.kind,
    blogId: interaction.blogId,
    sourceId: source?.id ?? "",
    accountId: source?.id ?? "",
    placeId: interaction.blogId,
    ...(!source && { author: { name, url, avatar: photo, handle: URL.parse(url)?.host ?? "" } }),
    url: interaction.sourceUrl,
    title: "",
    html: interaction.html,
    photos: [],
    language: "",
    publishedAt: interaction.publishedAt,
    replyTo: parent?.sourceUrl ?? post.url,
    replySourceId: parent ? (parent.accountId ?? "") : post.authorId,
    state: interaction.state === "visible" ? "shown" : "held",
    isNew: source !== null,
  });
  const from = account?.id ?? "";
  const answered = [post.authorId, parent?.accountId ?? ""].filter((id) => id !== "" && id !== from);
  await mention(context, stored.number, [...answered, ...(await mentionedIn(context, stored.text, from))]);
}

async function removeInteraction({ tables }: Own, interaction: Interaction): Promise<void> {
  await tables.run("UPDATE p_timeline_items SET state = 'removed', html = '', words = '' WHERE key_hash = ?", [
    hashOf(keyOf(interaction.id)),
  ]);
}

// The post that a reply is, by its number; the news of the reply may be faster than that of the post.
async function postNumber(context: Own, url: string): Promise<number | null> {
  const found = await itemAt(context, url);
  if (!found) return (await postAt(context, url))?.post.number ?? null;
  if ((await personAt(context, found.source_id)).length === 0) return null;
  const [row] = await context.tables.query<{ kind: string }>("SELECT kind FROM p_timeline_items WHERE number = ?", [
    found.number,
  ]);
  return row?.kind === "post" ? found.number : null;
}

async function postAt(context: Own, url: string) {
  const blog = await context.blogAt(url);
  const place = blog && (await context.as({ blog }));
  // Also where it stood before: others know it by that.
  const post = await place?.posts.byUrl(url, { any: true });
  return place && post?.status === "published" ? { place, post } : null;
}

// It stood in timelines by itself until now; from now on the post stands there.
async function becomePost(context: Own, one: Interaction, number: number): Promise<void> {
  const { tables } = context;
  const sql = "SELECT state FROM p_timeline_items WHERE key_hash = ?";
  const [before] = await tables.query<{ state: string }>(sql, [hashOf(keyOf(one.id))]);
  if (!before || before.state === "removed") return;
  await removeInteraction(context, one);
  if (before.state !== "shown") return;
  const found = await postAt(context, one.sourceUrl);
  if (found) await takePost(found.place, found.post, { isNew: false });
  if ((await tables.run("UPDATE p_timeline_items SET spread = 'waiting' WHERE number = ? AND spread = 'old'", [number])) > 0)
    await handOver(context, number);
}
