import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Interaction } from "../hooks/values.ts";
import { giveNumbers } from "../posts/numbers.ts";
import { hashOf } from "../posts/permalink.ts";
import { insert, remove } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { isGone, saysTheSame, storedBySource, storedFor, type StoredInteraction } from "./by-source.ts";
import { authorHash, hostOf } from "./who.ts";

/** An interaction to be stored, and the source of what it answers. */
export type ToStore = {
  readonly interaction: Interaction;
  readonly parentSource?: string | undefined;
  readonly movedFrom?: string | undefined;
};

/** Stores interactions once per source, in the caller's transaction. Those whose post is missing, or that were deleted here, are left out. */
export async function storeInteractions(scope: Scope, db: Transaction, entries: readonly ToStore[]): Promise<Interaction[]> {
  const stored: Interaction[] = [];
  const own = new Map<string, string>();
  for (const { interaction, parentSource, movedFrom } of entries) {
    const [post] = await db.query("SELECT id FROM posts WHERE id = ? AND blog_id = ?", [interaction.postId, interaction.blogId]);
    if (!post) continue;
    const parentId = parentSource
      ? (own.get(parentSource) ?? (await storedBySource(scope, interaction.blogId, parentSource))?.id ?? null)
      : null;
    const kept = await storeOnce(scope, db, { ...interaction, parentId }, movedFrom);
    if (kept === null) continue;
    own.set(interaction.sourceUrl, kept.id);
    stored.push(kept);
  }
  return stored;
}

async function storeOnce(
  scope: Scope,
  db: Transaction,
  interaction: Interaction,
  movedFrom: string | undefined,
): Promise<Interaction | null> {
  const { blogId, sourceUrl } = interaction;
  const before = await storedFor(scope, interaction, movedFrom);
  // On MariaDB its owner may decide about it at this moment: what counts is what stands there once it is ours.
  const now = before && db.dialect === "mysql" ? await storedBySource(scope, blogId, before.sourceUrl, " FOR UPDATE") : before;
  if (now) return replace(db, now.id === before!.id ? { ...now, number: before!.number } : await numbered(db, now), interaction);
  if ((await insert(db, "interactions", [rowOf(interaction)], { ignore: true })) > 0)
    return { ...interaction, number: (await giveNumbers(db, [interaction])).get(interaction.id) ?? 0 };
  // On MariaDB the same source may come in two transactions at once: the first one's row is beyond this one's view, but not
  // beyond its locks.
  const first = await storedBySource(scope, blogOf(scope).id, sourceUrl, " FOR UPDATE");
  if (!first) throw new Error(`The interaction of ${sourceUrl} could not be stored`);
  return replace(db, await numbered(db, first), interaction);
}

// A lock is on the row alone; its number is read with a lock of its own.
async function numbered(db: Transaction, stored: StoredInteraction): Promise<StoredInteraction> {
  return { ...stored, number: (await giveNumbers(db, [stored])).get(stored.id) ?? 0 };
}

async function replace(db: Transaction, before: StoredInteraction, interaction: Interaction): Promise<Interaction | null> {
  if (isGone(before)) return null;
  // What the owner hid stays hidden when its author edits it, and what says the same stays as it was decided, also a moment ago.
  const isKept = before.state === "hidden" || saysTheSame(before, interaction);
  const state = isKept ? (before.state as Interaction["state"]) : interaction.state;
  const kept: Interaction = { ...interaction, id: before.id, number: before.number, receivedAt: before.receivedAt, state };
  await remove(db, "interactions", { id: before.id });
  await insert(db, "interactions", [rowOf(kept)]);
  return kept;
}

function rowOf(interaction: Interaction) {
  return {
    id: interaction.id,
    blog_id: interaction.blogId,
    post_id: interaction.postId,
    parent_id: interaction.parentId,
    kind: interaction.kind,
    state: interaction.state,
    via: interaction.via,
    author_name: interaction.author.name,
    author_url: interaction.author.url,
    author_photo: interaction.author.photo,
    author_hash: authorHash(interaction),
    account_id: interaction.accountId,
    source_url: interaction.sourceUrl,
    source_hash: hashOf(interaction.sourceUrl),
    source_host: hostOf(interaction.sourceUrl),
    html: interaction.html,
    properties: JSON.stringify(interaction.properties),
    published_at: interaction.publishedAt,
    received_at: interaction.receivedAt,
    updated_at: interaction.receivedAt,
  };
}
