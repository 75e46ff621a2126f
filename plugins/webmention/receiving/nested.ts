import type { Interaction } from "rookery/plugin";
import type { Own } from "../settings.ts";
import type { Nested } from "../source/facts.ts";
import { noteNested, receivedFrom, type Received } from "./received.ts";

/**
 * Shows the comments that stand below a page with it (salmention), each under its own address. What came from an address itself says
 * more than what another page says of it, so that is left alone. Gives the addresses that are kept.
 */
export async function keepComments(
  context: Own,
  one: Received,
  parent: Interaction,
  comments: readonly Nested[],
): Promise<string[]> {
  const kept: string[] = [];
  for (const comment of comments) {
    const known = await context.interactions.bySource(comment.source);
    const isOurs = known === null || known.properties["shown-by"] === one.source;
    // Whatever stands on this installation tells us of itself.
    if (!isOurs || (await context.blogAt(comment.source))) continue;
    const stored = await context.interactions.receive({
      kind: "reply",
      source: comment.source,
      postId: parent.postId,
      author: comment.author,
      html: comment.html,
      parentSource: parent.sourceUrl,
      properties: { "shown-by": one.source },
      ...(comment.publishedAt !== undefined && { publishedAt: comment.publishedAt }),
    });
    if (stored) kept.push(comment.source);
  }
  await removeComments(context, one, new Set(kept));
  return kept;
}

/** Removes what came with a page and is not there any more. */
export async function removeComments(context: Own, one: Received, kept: ReadonlySet<string>): Promise<void> {
  for (const source of one.nested) {
    const known = kept.has(source) ? null : await context.interactions.bySource(source);
    if (known?.properties["shown-by"] === one.source) await context.interactions.removeBySource(source);
  }
}

/** Removes what came with a reply that is not shown any more: hidden, held or deleted. */
export async function dropComments(context: Own, { via, state, sourceUrl }: Interaction, isRemoved: boolean): Promise<void> {
  if (via !== context.pluginId || (state === "visible" && !isRemoved)) return;
  for (const one of await receivedFrom(context, sourceUrl.replace(/[#,]to-\d+$/, "")))
    if (one.storedAs === sourceUrl && one.nested.length > 0) {
      await removeComments(context, one, new Set());
      await noteNested(context, one.id, []);
    }
}
