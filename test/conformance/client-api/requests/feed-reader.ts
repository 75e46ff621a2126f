import {
  anything,
  icons,
  ids,
  passage,
  passages,
  readerEntries,
  readerEntry,
  subscription,
  subscriptions,
  webmentions,
} from "../reading-shapes.ts";
import { json, urlencoded, type Recorded } from "../recorded.ts";
import { just, listOf, text } from "../shape.ts";
import { feedOf, nothing, posts } from "../shapes.ts";

type One = { id: number };

const origin = { origin: "https://reader.example" };
const auth = { authorization: "Bearer {key}", ...origin };
const sent = { ...auth, ...json };
const v2 = "/feeds/v2";
const open = { "access-control-allow-origin": /^\*$/ };

/** The feed reader in the browser, from another origin (client-api.md §9), and what pages elsewhere ask for. */
export const feedReader: readonly Recorded[] = [
  {
    what: "asks whether it may",
    line: `OPTIONS ${v2}/subscriptions.json`,
    headers: {
      ...origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization, content-type",
    },
    status: 204,
    answers: { ...open, "access-control-allow-methods": /POST/, "access-control-allow-headers": /authorization/i },
  },
  {
    what: "asks whether it may mark as read",
    line: `OPTIONS ${v2}/unread_entries.json`,
    headers: { ...origin, "access-control-request-method": "DELETE", "access-control-request-headers": "authorization" },
    status: 204,
    answers: { "access-control-allow-methods": /DELETE/ },
  },
  {
    what: "subscribes",
    line: `POST ${v2}/subscriptions.json`,
    headers: sent,
    body: '{"feed_url":"https://lee.example/"}',
    status: 201,
    shape: subscription,
    answers: { ...open, location: /\/feeds\/v2\/subscriptions\/\d+\.json$/, "access-control-expose-headers": /Location/ },
    keep: { subscription: (one: One) => one.id },
  },
  {
    what: "subscribes once more",
    line: `POST ${v2}/subscriptions.json`,
    headers: sent,
    body: '{"url":"https://lee.example/"}',
    status: 302,
    shape: subscription,
  },
  {
    what: "subscribes to nothing",
    line: `POST ${v2}/subscriptions.json`,
    headers: sent,
    body: '{"feed_url":"nobody-of-this-name"}',
    status: 404,
  },
  { what: "lists subscriptions", line: `GET ${v2}/subscriptions.json?mode=extended`, headers: auth, shape: subscriptions(1) },
  {
    what: "lists new ones",
    line: `GET ${v2}/subscriptions.json?since=2020-02-03T01:00:19.000000Z`,
    headers: auth,
    shape: subscriptions(1),
  },
  {
    what: "names one",
    line: `PATCH ${v2}/subscriptions/{subscription}.json`,
    headers: sent,
    body: '{"title":"Lee of the reeds"}',
    shape: subscription,
  },
  { what: "reads one", line: `GET ${v2}/subscriptions/{subscription}.json`, headers: auth, shape: subscription },
  { what: "asks for it anew", line: `POST ${v2}/subscriptions/{subscription}/update.json`, headers: sent, shape: anything },
  {
    what: "lists entries",
    line: `GET ${v2}/entries.json?page=1&per_page=100&mode=extended&include_enclosure=true`,
    headers: auth,
    shape: readerEntries(1),
    answers: open,
    keep: { entry: (list: One[]) => list[0]!.id },
  },
  { what: "goes on", line: `GET ${v2}/entries.json?page=2&per_page=100`, headers: auth, shape: readerEntries() },
  { what: "lists some", line: `GET ${v2}/entries.json?ids={entry},1,2`, headers: auth, shape: readerEntries(1) },
  { what: "reads one entry", line: `GET ${v2}/entries/{entry}.json`, headers: auth, shape: readerEntry },
  { what: "lists those of a feed", line: `GET ${v2}/feeds/{subscription}/entries.json`, headers: auth, shape: readerEntries(1) },
  {
    what: "lists them as one build does",
    line: "GET /v2/feeds/{subscription}/entries.json",
    headers: auth,
    shape: readerEntries(1),
  },
  { what: "lists what is unread", line: `GET ${v2}/unread_entries.json`, headers: auth, shape: ids(1) },
  {
    what: "marks as read",
    line: `DELETE ${v2}/unread_entries.json`,
    headers: sent,
    body: '{"unread_entries":[{entry}]}',
    shape: ids(1),
  },
  {
    what: "puts back",
    line: `POST ${v2}/unread_entries.json`,
    headers: sent,
    body: '{"unread_entries":[{entry}]}',
    shape: ids(1),
  },
  {
    what: "marks as read the other way",
    line: `POST ${v2}/unread_entries/delete.json`,
    headers: sent,
    body: '{"unread_entries":[{entry}]}',
    shape: ids(1),
  },
  { what: "lists read ones", line: `GET ${v2}/entries.json?read=true`, headers: auth, shape: readerEntries(1) },
  {
    what: "gives a star",
    line: `POST ${v2}/starred_entries.json`,
    headers: sent,
    body: '{"starred_entries":[{entry}]}',
    shape: ids(1),
  },
  { what: "lists stars", line: `GET ${v2}/starred_entries.json`, headers: auth, shape: ids(1) },
  { what: "lists entries with stars", line: `GET ${v2}/entries.json?starred=true`, headers: auth, shape: readerEntries(1) },
  {
    what: "takes a star",
    line: `DELETE ${v2}/starred_entries.json`,
    headers: sent,
    body: '{"starred_entries":[{entry}]}',
    shape: ids(1),
  },
  { what: "lists icons", line: `GET ${v2}/icons.json`, headers: auth, shape: icons },
  {
    what: "marks a passage",
    line: "POST /feeds/{entry}/highlights",
    headers: { ...auth, ...urlencoded },
    body: "text=A+heron&start=0&end=7",
    shape: passage,
    keep: { passage: (one: One) => one.id },
  },
  { what: "lists passages", line: "GET /feeds/highlights?limit=100&offset=0", headers: auth, shape: passages(1) },
  { what: "lists those of an entry", line: "GET /feeds/{entry}/highlights", headers: auth, shape: passages(1) },
  { what: "takes a passage away", line: "DELETE /feeds/{entry}/highlights/{passage}", headers: sent, shape: nothing },
  {
    what: "asks about mails",
    line: "GET /feeds/recap/email",
    headers: auth,
    shape: (value, place) => text((value as { dayofweek: unknown }).dayofweek, place),
  },
  { what: "asks for work", line: "GET /feeds/work/queued", headers: auth, shape: just([]) },
  {
    what: "says work is done",
    line: "POST /feeds/work/finished",
    headers: { ...auth, ...urlencoded },
    body: "id=1&text=x",
    shape: nothing,
  },
  { what: "asks for a directory", line: "GET /blogroll.org.json", headers: origin, shape: listOf(text) },
  { what: "reads somebody’s feed", line: "GET /feeds/lee.json", shape: posts(1) },
  { what: "reads the feed of photos", line: "GET /feeds/photos.json", shape: posts() },
  {
    what: "reads a conversation",
    line: "GET /conversation.js?url={url}&format=jsonfeed",
    headers: origin,
    shape: feedOf(() => []),
    answers: open,
  },
  { what: "reads it as webmentions", line: "GET /conversation.js?url={url}&format=jf2", headers: origin, shape: webmentions },
  {
    what: "asks for a conversation there is none of",
    line: "GET /conversation.js?url=https://lee.example/none&format=jsonfeed",
    headers: origin,
    status: 404,
  },
  { what: "ends a subscription", line: `DELETE ${v2}/subscriptions/{subscription}.json`, headers: auth, status: 204 },
  { what: "asks without a key", line: `GET ${v2}/subscriptions.json`, headers: origin, status: 401, answers: open },
];
