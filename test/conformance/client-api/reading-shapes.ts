import { address, date, flag, just, like, listOf, number, object, said, text, whole, type Shape } from "./shape.ts";
import { feedOf } from "./shapes.ts";

// What apps must have, by client-api.md §§7–9: ids are numbers there, and feed readers' dates have microseconds.

const readerDate = like(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

export const shelves = feedOf(
  object({
    id: whole,
    title: said,
    content_text: text,
    url: address,
    date_published: date,
    _microblog: object({ type: said, books_count: whole }),
  }),
  {},
  3,
);
const book = object({
  id: whole,
  title: said,
  content_text: text,
  url: text,
  image: text,
  date_published: date,
  authors: listOf(object({ name: text }), 1),
  _microblog: object({ isbn: text }, { date_finished: date }),
});
export const books = (least = 0): Shape => feedOf(book, {}, least);
const goalFacts = { goal_year: whole, goal_value: number, goal_progress: number, isbns: listOf(said) };
export const goals = feedOf(object({ id: whole, title: said, content_text: text, _microblog: object(goalFacts) }), {}, 1);
export const goal = feedOf(book, goalFacts);
export const anything = object({});
export const none = feedOf(() => ["there is something"]);

export const notebook = object({
  id: whole,
  title: said,
  url: address,
  date_published: date,
  _microblog: object({ colors: object({ light: said, dark: said }) }),
});
export const notebooks = feedOf(notebook, {}, 1);
export const note = object({
  id: whole,
  title: text,
  content_text: said,
  content_html: text,
  url: address,
  date_published: date,
  date_modified: date,
  _microblog: object({
    is_encrypted: flag,
    is_shared: flag,
    shared_url: text,
    attached_book_isbn: text,
    attached_book_title: text,
  }),
});
export const notes = (least = 0): Shape => feedOf(note, {}, least);
export const versions = feedOf(object({ id: whole, content_text: said, date_published: date }), {}, 1);

export const subscription = object(
  { id: whole, created_at: readerDate, feed_id: whole, title: said, feed_url: address, site_url: address },
  { json_feed: object({}, { favicon: address, icon: address }) },
);
export const subscriptions = (least = 0): Shape => listOf(subscription, least);
export const readerEntry = object({
  id: whole,
  feed_id: whole,
  title: text,
  author: text,
  summary: text,
  content: text,
  url: address,
  published: readerDate,
  created_at: readerDate,
});
export const readerEntries = (least = 0): Shape => listOf(readerEntry, least);
export const ids = (least = 0): Shape => listOf(whole, least);
export const icons = listOf(object({ host: said, url: address }));
export const passage = object({
  id: whole,
  title: text,
  url: address,
  content_text: said,
  date_published: date,
  date_modified: date,
  _microblog: object({ entry_id: whole, selection_start: whole, selection_end: whole }),
});
export const passages = (least = 0): Shape => feedOf(passage, {}, least);
export const webmentions = object({ type: just("feed"), children: listOf(object({ type: just("entry"), "wm-property": said })) });
