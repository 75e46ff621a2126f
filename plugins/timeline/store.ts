import { PublicError, isUlid } from "rookery/plugin";
import type { Source, TimelineStore } from "./api.ts";
import { dropKept, release } from "./coming/kept.ts";
import { itemAt } from "./coming/known.ts";
import { putItems, putOwn, removeItems } from "./coming/put.ts";
import { follow, followedOf, following, unfollow } from "./following/follow.ts";
import { mute, mutesOf, unmute } from "./following/mutes.ts";
import { resolve } from "./following/resolve.ts";
import { conversationOf, itemFor, itemsAt } from "./reading/conversation.ts";
import { mark, markersOf, repliesOf, setReplies } from "./reading/markers.ts";
import { hiddenMentions, home, localPosts, mentions, newer, profile } from "./reading/pages.ts";
import type { Own } from "./settings.ts";
import { keepSource, shownSource, sourceByHandle, sourceById, type StoredSource } from "./sources.ts";

/** What the plugin knows, for its own screens and for other plugins. */
export function timelineStore(context: () => Own): TimelineStore {
  const known = async (id: string) => shownOrNull(isUlid(id) ? await sourceById(context(), id) : null);
  return {
    resolve: (input) => resolve(context(), input),
    sourceById: known,
    sourceByHandle: async (handle) => shownOrNull(await sourceByHandle(context(), handle)),
    async keepSource(plugin, source) {
      if (source.kind === "person" || source.kind === "blog" || plugin === "timeline")
        throw new PublicError("no-source", "There is nothing here to follow.", 404);
      return shownSource(await keepSource(context(), plugin, source));
    },
    follow: (accountId, sourceId) => follow(context(), accountId, sourceId),
    unfollow: (accountId, sourceId) => unfollow(context(), accountId, sourceId),
    following: (accountId) => following(context(), accountId),
    followed: (accountId, ids) => followedOf(context(), accountId, ids),
    home: (accountId, page) => home(context(), accountId, page),
    photos: (accountId, page) => home(context(), accountId, page, "photos"),
    media: (accountId, page) => home(context(), accountId, page, "media"),
    mentions: (accountId, page) => mentions(context(), accountId, page),
    hiddenMentions: (accountId, page) => hiddenMentions(context(), accountId, page),
    async profile(accountId, sourceId, page) {
      const source = await known(sourceId);
      return source ? profile(context(), accountId, source, page) : { items: [], next: null };
    },
    item: (accountId, number) => itemFor(context(), accountId, number),
    itemsAt: (accountId, urls) => itemsAt(context(), accountId, urls),
    conversation: (accountId, number) => conversationOf(context(), accountId, number),
    newer: (accountId, number) => newer(context(), accountId, number),
    mutes: (accountId) => mutesOf(context(), accountId),
    mute: (accountId, wish) => mute(context(), accountId, wish),
    unmute: (accountId, which) => unmute(context(), accountId, which),
    markers: (accountId) => markersOf(context(), accountId),
    mark: (accountId, marker) => mark(context(), accountId, marker),
    replies: (accountId) => repliesOf(context(), accountId),
    setReplies: (accountId, choice) => setReplies(context(), accountId, choice),
    put: (items) => putItems(context(), items),
    remove: (sourceId, keys) => removeItems(context(), sourceId, keys),
    putOwn: (item) => putOwn(context(), item),
    localPosts: (wish) => localPosts(context(), wish),
    arePagesPublic: () => context().settings.publicPages,
    numberOf: async (url) => (await itemAt(context(), url))?.number ?? null,
    release: (accountId, keys) => release(context(), accountId, keys),
    drop: (accountId, keys) => dropKept(context(), accountId, keys),
  };
}

const shownOrNull = (source: StoredSource | null): Source | null => (source && !source.isAway ? shownSource(source) : null);
