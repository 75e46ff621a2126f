import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Interaction } from "../hooks/values.ts";
import { ulid } from "../ids.ts";
import { announceEvent } from "../jobs/announce.ts";
import { sanitise } from "../net/sanitise.ts";
import { giveNumbers } from "../posts/numbers.ts";
import { hashOf } from "../posts/permalink.ts";
import { remove, update, insert } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { interactionColumns, interactionFrom } from "./interaction.ts";

/** What came in: already verified by the plugin that speaks the network's language, not yet cleaned. */
export type Incoming = {
  readonly kind: Interaction["kind"];
  /** Where it stands elsewhere; the same source changes the interaction that is there. */
  readonly source: string;
  readonly postId: string;
  readonly author: { readonly name: string; readonly url?: string; readonly photo?: string };
  readonly html: string;
  readonly publishedAt?: string;
  readonly parentSource?: string;
  readonly via: string;
  readonly accountId?: string;
  /** Importers know whether the old blog showed it; nobody is asked again. */
  readonly isApproved?: boolean;
};

/**
 * The second door: everything from outside comes through here. Cleans text and addresses, asks `interaction.moderate`
 * (accepted unless a plugin holds or rejects it), stores it once per source, tells `interaction.received`.
 * Gives null when it was rejected or the post does not exist.
 */
export async function receive(scope: Scope, incoming: Incoming): Promise<Interaction | null> {
  const interaction = await moderated(scope, clean(scope, incoming), incoming.isApproved);
  if (!interaction) return null;
  const stored = await scope.storage.write(async (db) => {
    const [kept] = await storeInteractions(scope, db, [{ interaction, parentSource: incoming.parentSource }]);
    if (kept?.state === "visible") await scope.touch(db, blogOf(scope).id);
    if (kept) await announceEvent(scope, db, "interaction.received", { interaction: kept });
    return kept ?? null;
  });
  if (stored) await scope.taps.event(scope, "interaction.received", { interaction: stored });
  return stored;
}

/** Old comments, stored in the caller's transaction; nobody is told. Those whose post is missing are left out. */
export async function receiveMany(scope: Scope, db: Transaction, list: readonly Incoming[]): Promise<Interaction[]> {
  const entries = list.map((incoming) => {
    const state = incoming.isApproved === false ? ("held" as const) : ("visible" as const);
    return { interaction: { ...clean(scope, incoming), state }, parentSource: incoming.parentSource };
  });
  return storeInteractions(scope, db, entries);
}

/** Forgets the interaction of a source: it was deleted or no longer links here. True when there was one. */
export async function removeInteraction(scope: Scope, source: string): Promise<boolean> {
  const blog = blogOf(scope);
  const found = await bySource(scope, blog.id, source);
  if (!found) return false;
  await scope.storage.write(async (db) => {
    await remove(db, "interactions", { id: found.id, blog_id: blog.id });
    await remove(db, "numbers", { subject_id: found.id });
    await announceEvent(scope, db, "interaction.removed", { interaction: found });
    await scope.touch(db, blog.id);
  });
  await scope.taps.event(scope, "interaction.removed", { interaction: found });
  return true;
}

/** Shows or hides an interaction: the owner's decision. */
export async function decide(scope: Scope, id: string, state: Interaction["state"]): Promise<boolean> {
  const blog = blogOf(scope);
  return scope.storage.write(async (db) => {
    const changed = await update(db, "interactions", { state, updated_at: stamp(scope.clock.now()) }, { id, blog_id: blog.id });
    if (changed > 0) await scope.touch(db, blog.id);
    return changed > 0;
  });
}

function clean(scope: Scope, incoming: Incoming): Interaction {
  const now = scope.clock.now();
  const published =
    incoming.publishedAt && !Number.isNaN(Date.parse(incoming.publishedAt)) ? new Date(incoming.publishedAt) : now;
  return {
    id: ulid(now.getTime()),
    number: 0,
    blogId: blogOf(scope).id,
    postId: incoming.postId,
    parentId: null,
    kind: incoming.kind,
    state: "visible",
    via: incoming.via,
    author: {
      name: oneLine(incoming.author.name) || "Somebody",
      url: webUrl(incoming.author.url),
      photo: webUrl(incoming.author.photo),
    },
    accountId: incoming.accountId ?? null,
    sourceUrl: incoming.source.slice(0, 2048),
    html: sanitise(incoming.html.slice(0, 200_000), "untrusted"),
    publishedAt: stamp(published > now ? now : published), // nobody replies from the future
    receivedAt: stamp(now),
  };
}

async function moderated(scope: Scope, interaction: Interaction, isApproved?: boolean): Promise<Interaction | null> {
  if (isApproved !== undefined) return { ...interaction, state: isApproved ? "visible" : "held" };
  const verdict = await scope.taps.first(scope, "interaction.moderate", interaction);
  if (verdict === "reject") return null;
  return verdict === "hold" ? { ...interaction, state: "held" } : interaction;
}

async function storeInteractions(
  scope: Scope,
  db: Transaction,
  entries: readonly { interaction: Interaction; parentSource?: string | undefined }[],
): Promise<Interaction[]> {
  const stored: Interaction[] = [];
  const own = new Map<string, string>();
  for (const { interaction, parentSource } of entries) {
    const [post] = await db.query("SELECT id FROM posts WHERE id = ? AND blog_id = ?", [interaction.postId, interaction.blogId]);
    if (!post) continue;
    const parentId = parentSource
      ? (own.get(parentSource) ?? (await bySource(scope, interaction.blogId, parentSource))?.id ?? null)
      : null;
    const kept = await storeOnce(scope, db, { ...interaction, parentId });
    own.set(interaction.sourceUrl, kept.id);
    stored.push(kept);
  }
  return stored;
}

async function storeOnce(scope: Scope, db: Transaction, interaction: Interaction): Promise<Interaction> {
  const { blogId, sourceUrl } = interaction;
  const before = await bySource(scope, blogId, sourceUrl);
  if (before) return replace(db, before, interaction);
  if ((await insert(db, "interactions", [rowOf(interaction)], { ignore: true })) > 0)
    return { ...interaction, number: (await giveNumbers(db, [interaction])).get(interaction.id) ?? 0 };
  // On MariaDB the same source may come in two transactions at once: the first one's row is beyond this one's view, but not
  // beyond its locks.
  const first = await bySource(scope, blogId, sourceUrl, " FOR UPDATE");
  if (!first) throw new Error(`The interaction of ${sourceUrl} could not be stored`);
  return replace(db, first, interaction);
}

async function replace(db: Transaction, before: Interaction, interaction: Interaction): Promise<Interaction> {
  // What the owner hid stays hidden when its author edits it.
  const state = before.state === "hidden" ? "hidden" : interaction.state;
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
    account_id: interaction.accountId,
    source_url: interaction.sourceUrl,
    source_hash: hashOf(interaction.sourceUrl),
    html: interaction.html,
    properties: "{}",
    published_at: interaction.publishedAt,
    received_at: interaction.receivedAt,
    updated_at: interaction.receivedAt,
  };
}

async function bySource(scope: Scope, blogId: string, source: string, lock = ""): Promise<Interaction | null> {
  const sql = `SELECT ${interactionColumns} FROM interactions WHERE blog_id = ? AND source_hash = ?${lock}`;
  const rows = await scope.storage.query(sql, [blogId, hashOf(source.slice(0, 2048))]);
  return rows[0] ? interactionFrom(rows[0]) : null;
}

const oneLine = (text: string): string =>
  text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, 200);

function webUrl(url: string | undefined): string {
  return url && url.length <= 2048 && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? new URL(url).href : "";
}
