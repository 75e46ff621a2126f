import type { PageFacts } from "../hooks/catalogue.ts";
import type { Scope } from "../hooks/scope.ts";
import type { HeadTag, Json, Post } from "../hooks/values.ts";
import type { PluginView, RenderPlugins, SlotAbout } from "./render.types.ts";
import { postSlots } from "./slots.ts";

/** Everything plugins add to one page, asked before the synchronous drawing begins. */
export type Collected = {
  readonly tags: readonly HeadTag[];
  readonly links: readonly { readonly rel: string; readonly href: string }[];
  readonly data: Readonly<Record<string, Json>>;
  /** Views of a slot for the page ("") or for a post (its id); a slot nobody fills is not in it. */
  readonly slots: ReadonlyMap<string, ReadonlyMap<string, readonly PluginView[]>>;
};

/** Slots that a list asks for each of its posts; the others belong to a post's own page. */
const listSlots: readonly string[] = ["list-item-meta", "before-content", "media", "after-content", "post-meta"];
const nothing: Readonly<Record<string, Json>> = Object.freeze({});
const noTags: readonly never[] = Object.freeze([]);

/** Asks the plugins; hooks nobody taps and slots nobody fills cost one look into a set. */
export async function collect(
  scope: Scope,
  plugins: RenderPlugins,
  about: { page: PageFacts; post?: Post; posts: readonly Post[] },
): Promise<Collected> {
  const { taps } = scope;
  const subject = about.post ? { page: about.page, post: about.post } : { page: about.page };
  const [tags, links, data, slots] = await Promise.all([
    taps.has("page.head") ? taps.collect(scope, "page.head", subject) : noTags,
    taps.has("response.links") ? taps.collect(scope, "response.links", subject) : noTags,
    taps.has("page.data") ? taps.filter(scope, "page.data", nothing, subject) : nothing,
    slotsOf(scope, plugins, about),
  ]);
  return { tags: tags.filter(isSound), links: links.filter(isLink), data, slots };
}

async function slotsOf(
  scope: Scope,
  plugins: RenderPlugins,
  about: { page: PageFacts; post?: Post; posts: readonly Post[] },
): Promise<Collected["slots"]> {
  const filled = plugins.filledSlots(scope);
  const slots = new Map<string, ReadonlyMap<string, readonly PluginView[]>>();
  if (filled.size === 0) return slots;
  await Promise.all(
    [...filled].map(async (slot) => {
      const subjects = subjectsOf(slot, about);
      if (subjects.length === 0) return;
      const views = await plugins.slotViews(scope, slot, subjects);
      const isOfPost = postSlots.includes(slot);
      const given = subjects.flatMap(({ post }, at) =>
        views[at]?.length ? [[isOfPost && post ? post.id : "", views[at]] as const] : [],
      );
      if (given.length > 0) slots.set(slot, new Map(given));
    }),
  );
  return slots;
}

function subjectsOf(slot: string, about: { page: PageFacts; post?: Post; posts: readonly Post[] }): SlotAbout[] {
  const { page } = about;
  if (!postSlots.includes(slot)) return [about.post ? { slot, page, post: about.post } : { slot, page }];
  if (about.post) return [{ slot, page, post: about.post }];
  return listSlots.includes(slot) ? about.posts.map((post) => ({ slot, page, post })) : [];
}

function isSound(tag: HeadTag): boolean {
  const names = Object.keys(tag.attributes ?? {});
  return (
    (tag.tag === "meta" || tag.tag === "link") && names.every((name) => /^[a-z][a-z0-9:-]*$/i.test(name) && !/^on/i.test(name))
  );
}

function isLink(link: { rel: string; href: string }): boolean {
  return /^[\w:/.# -]+$/.test(link.rel) && /^(https?:\/\/|\/)[^\s<>"\\]*$/.test(link.href);
}
