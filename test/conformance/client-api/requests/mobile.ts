import { json, urlencoded, type Recorded } from "../recorded.ts";
import { blocked, bookmarks, check, conversation, discover, muted, nothing, people, posts, profile } from "../shapes.ts";
import { listOf, object, said, text } from "../shape.ts";

const auth = { authorization: "Bearer {key}", "user-agent": "okhttp/4.12.0", accept: "application/json" };
const bodyless = { ...auth, ...json };

/** The official mobile app: parameters in the address of a POST without a body, `application/json` on everything. */
export const mobile: readonly Recorded[] = [
  { what: "follows", line: "POST /users/follow?username=lee", headers: bodyless, shape: nothing },
  { what: "looks for new posts", line: "GET /posts/check?since_id={post}", headers: bodyless, shape: check },
  { what: "reads the timeline", line: "GET /posts/timeline?count=40", headers: bodyless, shape: posts(2) },
  { what: "goes on", line: "GET /posts/timeline?count=40&before_id={newest}", headers: bodyless, shape: posts(1) },
  { what: "reads mentions", line: "GET /posts/mentions", headers: auth, shape: posts() },
  { what: "opens a profile", line: "GET /posts/lee?count=0", headers: auth, shape: profile },
  { what: "opens a profile with posts", line: "GET /posts/lee", headers: auth, shape: profile },
  { what: "asks for nobody", line: "GET /posts/nobody-here", headers: auth, status: 404 },
  { what: "lists whom one follows", line: "GET /users/following/kim", headers: auth, shape: people(1) },
  { what: "lists whom else they follow", line: "GET /users/discover/lee", headers: auth, shape: people() },
  { what: "reads a conversation", line: "GET /posts/conversation?id={post}", headers: auth, shape: conversation },
  { what: "reads Discover", line: "GET /posts/discover", headers: auth, shape: discover },
  { what: "reads a topic", line: "GET /posts/discover/books", headers: auth, shape: discover },
  {
    what: "replies",
    line: "POST /posts/reply",
    headers: { ...auth, ...urlencoded },
    body: "id={post}&content=%40lee+A+fine+bird",
    shape: nothing,
  },
  { what: "bookmarks", line: "POST /posts/bookmarks?id={post}", headers: bodyless, shape: nothing },
  {
    what: "lists bookmarks",
    line: "GET /posts/bookmarks",
    headers: auth,
    shape: bookmarks,
    keep: { bookmark: (feed: { items: { id: string }[] }) => feed.items[0]!.id },
  },
  { what: "tags one", line: "POST /posts/bookmarks/{bookmark}?tags=birds,reading", headers: bodyless },
  { what: "reads the tags of one", line: "GET /posts/bookmarks/{bookmark}", headers: auth, shape: bookmarks },
  { what: "lists tags", line: "GET /posts/bookmarks/tags?recent=1&count=10", headers: auth, shape: listOf(said, 2) },
  { what: "lets it go", line: "DELETE /posts/bookmarks/{bookmark}", headers: bodyless, shape: nothing },
  {
    what: "blocks, which it does by muting",
    line: "POST /users/mute?username=ana&is_hiding_other_replies=true",
    headers: bodyless,
    shape: muted,
    keep: { mute: (entry: { id: number }) => entry.id },
  },
  { what: "finds the entry", line: "GET /users/muting", headers: auth, shape: listOf(muted, 1) },
  { what: "lets them be heard again", line: "DELETE /users/muting/{mute}", headers: bodyless, shape: nothing },
  { what: "blocks", line: "POST /users/block?username=ana", headers: bodyless, shape: blocked },
  { what: "tells the moderators", line: "POST /users/report?username=ana", headers: bodyless, shape: nothing },
  {
    what: "wants to be told",
    line: "POST /users/push/register?device_token=abcdef0123&push_env=prod&app_name=Micro.blog",
    headers: bodyless,
    shape: object({ status: said }),
  },
  {
    what: "looks who is told",
    line: "GET /users/push/info?device_token=abcdef0123&push_env=prod&app_name=Micro.blog",
    headers: auth,
    shape: listOf(object({ device_token: said, push_env: said, app_name: text }), 1),
  },
  {
    what: "wants it no more",
    line: "POST /users/push/unregister?device_token=abcdef0123&push_env=prod&app_name=Micro.blog",
    headers: bodyless,
    shape: nothing,
  },
  {
    what: "says how it writes times",
    line: "POST /account/timezone?minutes=-120&format=24&order=dmy&separator=/",
    headers: bodyless,
    shape: nothing,
  },
  { what: "wants no machine", line: "POST /account/ai?is_using_ai=0", headers: bodyless, shape: nothing },
  { what: "unfollows", line: "POST /users/unfollow?username=lee", headers: bodyless, shape: nothing },
];
