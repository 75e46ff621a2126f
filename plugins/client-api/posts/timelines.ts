import type { Reply } from "rookery/plugin";
import type { ItemPage, TimelineStore } from "../../timeline/api.ts";
import { feedReply } from "../wire/feed.ts";
import { partOf, type Part } from "../wire/paging.ts";
import { askTimeline } from "../wire/peers.ts";
import type { Call } from "../wire/route.ts";
import { entriesOf } from "./items.ts";

type List = {
  readonly title: string;
  readonly home: string;
  readonly hasImages?: boolean;
  /** Whatever stands in it mentions or answers the caller, also by words that were edited since. */
  readonly isMentions?: boolean;
  read(store: TimelineStore, accountId: string, part: Part): Promise<ItemPage>;
};

const lists = {
  timeline: { title: "Timeline", home: "/timeline", read: (store, id, part) => store.home(id, part) },
  mentions: { title: "Mentions", home: "/mentions", isMentions: true, read: (store, id, part) => store.mentions(id, part) },
  photos: { title: "Photos", home: "/photos", hasImages: true, read: (store, id, part) => store.photos(id, part) },
  media: { title: "Photos and films", home: "/photos", hasImages: true, read: (store, id, part) => store.media(id, part) },
  hidden: {
    title: "Hidden mentions",
    home: "/mentions",
    isMentions: true,
    read: (store, id, part) => store.hiddenMentions(id, part),
  },
} as const satisfies Readonly<Record<string, List>>;

/** A list that is the caller's own: the home timeline, mentions, those that mutes hide, photos, photos and films. */
export const timeline =
  (name: keyof typeof lists) =>
  async ({ context, request, input, need }: Call): Promise<Reply> => {
    const caller = need("read");
    const { title, home, read, hasImages = false, isMentions = false }: List = lists[name];
    const part = partOf(input);
    const { items } = await askTimeline(context, (store) => read(store, caller.account.id, part));
    return feedReply(context, {
      title,
      home,
      path: request.path,
      items: await entriesOf(context, caller, items, { hasImages, ...(isMentions && { more: () => ({ is_mention: true }) }) }),
    });
  };
