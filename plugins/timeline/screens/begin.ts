import { followsAny } from "../following/follow.ts";
import { sourcesById } from "../sources.ts";
import { personAt, storeOf, type Request } from "./request.ts";

/** What curators show, by its shape: the plugin that has it may be away. */
type Shelves = { picks(wish: { limit: number; language: string }): Promise<{ entries: readonly { readonly number: number }[] }> };
const shelves = "discover.shelves" as never;
const suggested = 5;

/** Whether somebody serves Discover. */
export const hasDiscover = ({ context }: Request): boolean => context.services(shelves).length > 0;

/** What to begin with, for whoever follows no one yet; null for everybody else. */
export async function beginOf(request: Request) {
  const { account, at, context } = request;
  if (await followsAny(context, account!.id)) return null;
  return { action: at("/following"), people: hasDiscover(request) ? await picked(request) : [] };
}

// Whoever said what curators picked last. Without them the page is the same, but for this.
async function picked(request: Request) {
  const { account, at, context, language } = request;
  const found = await Promise.all(
    context
      .services(shelves)
      .map(({ pluginId }) =>
        context
          .ask(shelves, pluginId, (service: unknown) => (service as Shelves).picks({ limit: 30, language }), 1_000)
          .catch(() => ({ entries: [] })),
      ),
  );
  const store = storeOf(request);
  const numbers = found.flatMap(({ entries }) => entries.map(({ number }) => number)).slice(0, 30);
  const items = await Promise.all(numbers.map((number) => store.item(account!.id, number)));
  const ids = items.flatMap((item) => (item && item.author.sourceId !== account!.id ? [item.author.sourceId] : []));
  const people = [...(await sourcesById(context, ids)).values()].filter(({ kind, isAway }) => kind === "person" && !isAway);
  const ordered = [...new Set(ids)].flatMap((id) => people.find((one) => one.id === id) ?? []);
  return ordered.slice(0, suggested).map(({ title, handle }) => ({ name: title, handle, at: personAt(at, handle) }));
}
