import type { Followable, Source } from "../api.ts";
import type { Own } from "../settings.ts";
import { resolveHere } from "./resolve.ts";

/** What something that was typed can mean, and a sentence why it means nothing. */
export type Candidates = { readonly found: readonly Pick<Followable, "key" | "title">[]; readonly problem: string };

/** Asks other plugins what somebody may have meant, where it is nobody of here; for one meaning, or none at all, there is nothing to choose. */
export async function candidatesFor(context: Own, input: string, language: string): Promise<Candidates> {
  const typed = input.trim().slice(0, 2_048).toWellFormed();
  const none: Candidates = { found: [], problem: "" };
  if (typed === "" || (await resolveHere(context, typed))) return none;
  for (const { pluginId, service } of context.services("timeline.source")) {
    if (!service.candidates) continue;
    const said = await context
      .ask("timeline.source", pluginId, (asked) => asked.candidates!(typed, language), 20_000)
      .catch((error: unknown) => {
        context.log.warn("a plugin could not say what there is to follow", { error: String(error), pluginId });
        return none;
      });
    if (said.found.length > 0 || said.problem !== "") return said;
  }
  return none;
}

/** What is wrong with those that somebody follows, by the ids of sources, in sentences; nothing of those that are well. */
export async function troublesOf(context: Own, all: readonly Source[], language: string): Promise<ReadonlyMap<string, string>> {
  const troubles = new Map<string, string>();
  for (const { pluginId, service } of context.services("timeline.source")) {
    const theirs = all.filter(({ plugin }) => plugin === pluginId);
    if (theirs.length === 0 || !service.troubles) continue;
    const said = await context
      .ask("timeline.source", pluginId, (asked) =>
        asked.troubles!(
          theirs.map(({ id }) => id),
          language,
        ),
      )
      .catch(() => ({}));
    for (const [id, sentence] of Object.entries(said)) troubles.set(id, sentence);
  }
  return troubles;
}
