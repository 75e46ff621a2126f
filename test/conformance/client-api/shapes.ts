import {
  address,
  addressOrNothing,
  date,
  fineDate,
  flag,
  idText,
  just,
  like,
  listOf,
  number,
  object,
  orNull,
  said,
  text,
  whole,
  type Shape,
} from "./shape.ts";

// What apps must have, by client-api.md §§1–5.

export const nothing = just({});
export const refusal = object({ error: said, error_description: said });

export const account = object(
  {
    token: like(/^[0-9A-F]{20}$/),
    username: said,
    name: said,
    full_name: said,
    email: text,
    avatar: address,
    gravatar_url: address,
    bio: text,
    default_site: like(/^[a-z0-9.-]*$/),
    has_site: flag,
    plan: said,
    plans: listOf(said, 1),
    is_premium: flag,
    is_fullaccess: flag,
    is_using_ai: just(false),
    has_inkwell: flag,
  },
  { expires_at: date },
);

const author = object({
  name: said,
  url: addressOrNothing,
  avatar: address,
  _microblog: object({ username: said }, { is_following: flag, is_you: flag }),
});

const entry = {
  id: idText,
  content_html: text,
  summary: text,
  url: address,
  date_published: date,
  author,
  authors: listOf(author, 1),
};
const facts = {
  date_relative: like(/\d:\d\d( [ap]m)?$/),
  date_timestamp: whole,
  is_favorite: flag,
  is_bookmark: flag,
  is_deletable: flag,
  is_conversation: flag,
  is_linkpost: flag,
  is_mention: flag,
};

/** A JSON Feed of such entries. */
export const feedOf = (item: Shape, more: Readonly<Record<string, Shape>> = {}, least = 0): Shape =>
  object({
    version: like(/^https:\/\/jsonfeed\.org\/version\/1(\.1)?$/),
    title: said,
    home_page_url: address,
    feed_url: address,
    _microblog: object({ about: address, ...more }),
    items: listOf(item, least),
  });

export const post = object({ ...entry, _microblog: object(facts) });
const reply = object({ ...entry, _microblog: object(facts, { reply_to_id: idText }) });
export const posts = (least = 0): Shape => feedOf(post, {}, least);
export const conversation = feedOf(reply, {}, 1);
const photo = object({ ...entry, image: address, _microblog: object({ ...facts, thumbnail_url: address }) });
export const photos = feedOf(photo, {}, 1);

const tagmoji: Shape = (value, place) =>
  Array.isArray(value) && (value.length === 1 || value.length === 2)
    ? [`${place} has one or two entries, which hang an app`]
    : listOf(object({ name: said, title: said, emoji: said, is_featured: flag }))(value, place);
export const discover = feedOf(post, { tagmoji });

const about = {
  id: said,
  username: said,
  bio: text,
  pronouns: text,
  is_following: flag,
  is_you: flag,
  following_count: whole,
  discover_count: whole,
};
const profileFeed = feedOf(post, about);
/** Who somebody is stands beside the list; nothing says how many follow them. */
export const profile: Shape = (value, place) => [
  ...profileFeed(value, place),
  ...object({ author })(value, place),
  ...(/follower/i.test(JSON.stringify(value)) ? [`${place} speaks of followers`] : []),
];

export const check = object({
  count: whole,
  check_seconds: (value, place) => (typeof value === "number" && value >= 1 ? [] : [`${place} is less than 1`]),
  markers: object({}, { timeline: object({ id: idText, date_marked: fineDate }) }),
  is_publishing: flag,
  publishing_progress: number,
  publishing_status: text,
  latest_url: text,
  is_processing: flag,
});

const ownReply = object({
  id: idText,
  content_text: said,
  url: address,
  date_published: date,
  _microblog: object({ date_relative: said }),
});
export const ownReplies = (least: number): Shape => feedOf(ownReply, {}, least);

const person = object(
  { username: said, name: said, avatar: address, url: addressOrNothing },
  { is_following: flag, is_you: flag },
);
export const people = (least = 0): Shape => listOf(person, least);
export const muted = object(
  { id: whole, is_hiding_other_replies: flag },
  { username: orNull(said), domain: orNull(said), keyword: orNull(said) },
);
export const blocked = object({ id: whole, username: said });

export const bookmarks = feedOf(
  object({
    ...entry,
    tags: text,
    _microblog: object({
      ...facts,
      links: listOf(object({ id: whole, url: address, archived_url: address })),
      date_favorited: date,
    }),
  }),
  { is_showing_summaries: flag },
);
export const highlights = feedOf(object({ id: whole, title: text, url: address, content_text: said, date_published: date }), {
  count: whole,
});

export const domains = listOf(
  object({
    id: whole,
    guid: said,
    hostname: said,
    cname: text,
    url: address,
    status: said,
    has_cname: flag,
    is_paid: flag,
    is_expired: flag,
    ssl_status: just("ready"),
    created_at: date,
  }),
  1,
);
export const logs = listOf(object({ date, message: said, is_error: flag }));
