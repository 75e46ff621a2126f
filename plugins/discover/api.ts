/** A topic, its title in the language that was asked for. */
export type Topic = {
  readonly slug: string;
  readonly title: string;
  /** One emoji. */
  readonly emoji: string;
  readonly isFeatured: boolean;
};

/** Which picks somebody wants. `before` and `since` are numbers of picks; 40 unless told, 200 at most. */
export type ShelfWish = {
  readonly topic?: string;
  readonly before?: number;
  readonly since?: number;
  readonly limit?: number;
  /** `de` and `de-AT` are one shelf. */
  readonly language?: string;
};

/** A pick: the timeline's number of the post, the pick's own number, when it was first shown, and why it is there. */
export type ShelfEntry = {
  readonly number: number;
  readonly pick: number;
  readonly at: string;
  readonly note: string;
  /** Words of its topics. */
  readonly topics: readonly string[];
};

/** Picks, the latest first; `next` is the `before` of the rest, null at the end. */
export type ShelfPage = { readonly entries: readonly ShelfEntry[]; readonly next: number | null };

/** The service `discover.shelves`: what curators picked. Nothing here is ranked or counted. */
export interface DiscoverShelves {
  /** All topics in their order; none where there are only one or two, which some apps cannot draw. */
  topics(language?: string): Promise<readonly Topic[]>;
  /** Only what everybody may see at this moment. Nothing of a topic there is none of. */
  picks(wish?: ShelfWish): Promise<ShelfPage>;
  /** The number of the pick of a post (by the timeline's number), shown or not: where apps go on that know posts only. Null for none. */
  pickOf(number: number): Promise<number | null>;
}

declare module "rookery/plugin" {
  interface Services {
    "discover.shelves": DiscoverShelves;
  }
}
