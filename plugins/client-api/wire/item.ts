import type { Json } from "rookery/plugin";
import { authorOf, type Person } from "./author.ts";
import { dated, seconds } from "./dates.ts";

/** One entry of a list of posts. */
export type PostFacts = {
  readonly number: number;
  readonly html: string;
  readonly title?: string;
  readonly summary?: string;
  readonly url: string;
  readonly at: string;
  readonly author: Person;
  /** The first of its pictures, for lists of photos. */
  readonly image?: string;
  /** Where copies of it stand elsewhere. */
  readonly copies?: readonly string[];
};

/** What is so for whoever reads. */
export type ReaderFacts = {
  /** The time in the reader's own way: `6:00 pm`. */
  readonly when: string;
  readonly isFollowing?: boolean;
  readonly isYou?: boolean;
  readonly isBookmark?: boolean;
  readonly isDeletable?: boolean;
  readonly isConversation?: boolean;
  readonly isLinkPost?: boolean;
  readonly isMention?: boolean;
  /** What the reader noted of it. */
  readonly note?: string;
  /** More for `_microblog`. */
  readonly more?: { readonly [name: string]: Json };
};

/** An entry as apps need it: `id` is text, dates have a numeric offset, nothing that they must have is null. */
export function postItem(siteUrl: string, post: PostFacts, reader: ReaderFacts) {
  const { isFollowing, isYou } = reader;
  const author = authorOf(siteUrl, post.author, {
    ...(isFollowing !== undefined && { is_following: isFollowing }),
    ...(isYou !== undefined && { is_you: isYou }),
  });
  const isBookmark = reader.isBookmark === true;
  return {
    id: String(post.number),
    ...(post.title ? { title: post.title } : {}),
    content_html: post.html,
    summary: post.summary ?? "",
    url: post.url,
    ...(post.image && { image: post.image }),
    date_published: dated(post.at),
    author,
    authors: [author],
    _microblog: {
      date_relative: reader.when,
      date_timestamp: seconds(post.at),
      is_favorite: isBookmark,
      is_bookmark: isBookmark,
      is_deletable: reader.isDeletable === true,
      is_conversation: reader.isConversation === true,
      is_linkpost: reader.isLinkPost === true,
      is_mention: reader.isMention === true,
      note: reader.note ?? "",
      syndication: post.copies ?? [],
      ...reader.more,
    },
  };
}
