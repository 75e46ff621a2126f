import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Interaction, Properties } from "../hooks/values.ts";
import { ulid } from "../ids.ts";
import { announceEvent } from "../jobs/announce.ts";
import { plainName } from "../net/plain-name.ts";
import { sanitise } from "../net/sanitise.ts";
import { remove } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { isBlocked } from "./blocks.ts";
import { isGone, saysTheSame, storedBySource, storedFor } from "./by-source.ts";
import { deleteInteraction } from "./decide.ts";
import { mustWait } from "./hold.ts";
import { storeInteractions } from "./store.ts";

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
  /** The source it had until now: it takes that one's place, with its number, what answers it, and what was decided about it. */
  readonly movedFrom?: string;
  readonly via: string;
  readonly accountId?: string;
  readonly properties?: Properties;
  /** Importers know whether the old blog showed it; nobody is asked again. */
  readonly isApproved?: boolean;
};

/**
 * The second door: everything from outside comes through here. Cleans text and addresses, asks `interaction.moderate`
 * (accepted unless a plugin, or the blog's own rule, holds or rejects it), stores it once per source, tells `interaction.received`.
 * Gives null when it was rejected, comes from somebody the blog blocks, was deleted by its owner, or the post does not exist.
 */
export async function receive(scope: Scope, incoming: Incoming): Promise<Interaction | null> {
  const interaction = await moderated(scope, clean(scope, incoming), incoming);
  if (!interaction) return null;
  const stored = await scope.storage.write(async (db) => {
    const [kept] = await storeInteractions(scope, db, [{ ...incoming, interaction }]);
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

/**
 * Forgets the interaction of a source: it was deleted or no longer links here. True when there was one. Of what the owner hid the
 * mark stays, so that deleting it and sending it again is no way back.
 */
export async function removeInteraction(scope: Scope, source: string): Promise<boolean> {
  const blog = blogOf(scope);
  const found = await storedBySource(scope, blog.id, source);
  if (!found || isGone(found)) return false;
  if (found.state === "hidden") return deleteInteraction(scope, found.id);
  const told = { interaction: found as Interaction };
  const isRemoved = await scope.storage.write(async (db) => {
    if ((await remove(db, "interactions", { id: found.id, blog_id: blog.id, state: found.state })) === 0) return false;
    await remove(db, "numbers", { subject_id: found.id });
    await announceEvent(scope, db, "interaction.removed", told);
    await scope.touch(db, blog.id);
    return true;
  });
  // Its owner decided about it at this moment.
  if (!isRemoved) return removeInteraction(scope, source);
  await scope.taps.event(scope, "interaction.removed", told);
  return true;
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
      name: plainName(incoming.author.name) || "Somebody",
      url: webUrl(incoming.author.url),
      photo: webUrl(incoming.author.photo),
    },
    accountId: incoming.accountId ?? null,
    sourceUrl: incoming.source.slice(0, 2048),
    html: sanitise(incoming.html.slice(0, 200_000), "untrusted"),
    properties: soundProperties(incoming.properties),
    // Nobody replies from the future, nor from before the web: an absurd date would stand first for ever.
    publishedAt: stamp(published > now || published.getTime() < 0 ? now : published),
    receivedAt: stamp(now),
  };
}

// What is known already and says the same needs no new decision; what says something else does, also when it was shown before.
async function moderated(
  scope: Scope,
  interaction: Interaction,
  { isApproved, movedFrom }: Pick<Incoming, "isApproved" | "movedFrom">,
): Promise<Interaction | null> {
  const before = await storedFor(scope, interaction, movedFrom);
  if (before && isGone(before)) return null;
  if (isApproved !== undefined) return { ...interaction, state: isApproved ? "visible" : "held" };
  if (await isBlocked(scope, interaction)) return null;
  if (before && saysTheSame(before, interaction)) return { ...interaction, state: (before as Interaction).state };
  const verdict = await scope.taps.first(scope, "interaction.moderate", interaction);
  if (verdict === "reject") return null;
  const isHeld = verdict === "hold" || (await mustWait(scope, interaction));
  return isHeld ? { ...interaction, state: "held" } : interaction;
}

// Of what a plugin says about it only plain values of some size are kept.
function soundProperties(properties: Properties | undefined): Properties {
  return properties !== undefined && JSON.stringify(properties).length <= 20_000 ? properties : {};
}

function webUrl(url: string | undefined): string {
  return url && url.length <= 2048 && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? new URL(url).href : "";
}
