import { json, urlencoded, type Recorded } from "../recorded.ts";
import { account, check, conversation, logs, nothing, ownReplies, people, photos, posts } from "../shapes.ts";
import { just, like, listOf, object, said, text } from "../shape.ts";

const token = { authorization: "Token {key}", "user-agent": "Micro.blog/4.0.5 CFNetwork/3826 Darwin/25.0.0" };

/** The Mac app: `Token` in the header, and the token it sent goes on. */
export const mac: readonly Recorded[] = [
  {
    what: "verifies at launch",
    line: "POST /account/verify",
    headers: { ...token, ...urlencoded },
    body: "token={key}",
    shape: account,
  },
  {
    what: "tells of itself",
    line: "POST /account/stats",
    headers: { ...token, ...json },
    body: '{"app_version":"4.0.5","app_build":"412","macos_version":"26.1","cpu_architecture":"arm64","memory_bytes":17179869184,"memory_gb":16,"install_id":"0F2C"}',
    shape: nothing,
  },
  { what: "looks for new posts", line: "GET /posts/check", headers: token, shape: check },
  { what: "reads the timeline", line: "GET /posts/timeline", headers: token, shape: posts(1) },
  {
    what: "lists its replies",
    line: "GET /posts/replies?count=40",
    headers: token,
    shape: ownReplies(1),
    keep: {
      reply: (feed: { items: { id: string }[] }) => feed.items[0]!.id,
      replyUrl: (feed: { items: { url: string }[] }) => feed.items[0]!.url,
    },
  },
  {
    what: "changes one, without a title",
    line: "POST /micropub",
    headers: { ...token, ...json },
    body: '{"action":"update","url":"{replyUrl}","replace":{"name":[null],"content":["@lee A finer bird"]}}',
    shape: nothing,
  },
  { what: "searches its replies", line: "GET /posts/replies?q=bird", headers: token, shape: ownReplies(1) },
  { what: "takes one back", line: "DELETE /posts/{reply}", headers: { ...token, ...json }, shape: nothing },
  { what: "takes it back again", line: "DELETE /posts/{reply}", headers: token, status: 404 },
  { what: "looks for it", line: "GET /posts/replies?q=finer", headers: token, shape: object({ items: just([]) }) },
  { what: "reads the log", line: "GET /users/logs", headers: token, shape: logs },
  { what: "reads the errors", line: "GET /users/logs/errors", headers: token, shape: logs },
  {
    what: "wants a summary",
    line: "POST /account/posts/kim.example/summarize",
    headers: { ...token, ...urlencoded },
    body: "id=1&text=A+heron+stood+in+the+reeds.",
    shape: nothing,
  },
  {
    what: "waits for it",
    line: "GET /account/posts/kim.example/summarize",
    headers: token,
    shape: object({ latest: object({ summary: said }) }),
  },
  {
    what: "asks where to write",
    line: "GET /micropub?q=config",
    headers: token,
    shape: object({
      "media-endpoint": like(/^http:\/\/hub\.example:\d+\/micropub\/media$/),
      destination: listOf(object({ uid: like(/\/$/), name: said }), 1),
    }),
  },
  {
    what: "writes",
    line: "POST /micropub",
    headers: { ...token, ...urlencoded },
    body: "name=&content=From%20the%20desk&mp-destination=&mp-syndicate-to[]=",
    status: 201,
    answers: { location: /^http:\/\/kim\.example/ },
    shape: object({ url: said, preview: said }),
    keep: { written: (made: { url: string }) => made.url },
  },
  {
    what: "changes it by bare values",
    line: "POST /micropub",
    headers: { ...token, ...json },
    body: '{"action":"update","url":"{written}","replace":{"name":"","content":"From the desk, again","summary":"","category":["Desk"]}}',
    shape: nothing,
  },
  {
    what: "lists posts",
    line: "GET /micropub?q=source&limit=200&offset=0&mp-destination=",
    headers: token,
    shape: object({
      items: listOf(
        object({
          properties: object({ uid: listOf((value, place) => (Number(value) > 0 ? [] : [place])), url: listOf(said, 1) }),
        }),
        1,
      ),
    }),
  },
  {
    what: "deletes it",
    line: "POST /micropub",
    headers: { ...token, ...json },
    body: '{"action":"delete","url":"{written}"}',
    shape: nothing,
  },
];

const bare = { authorization: "{key}", "user-agent": "Micro.blog/3.4 CFNetwork" };

/** The older app for iOS: the token alone in the header, an empty header when signed out, `text` in replies. */
export const iosClassic: readonly Recorded[] = [
  { what: "is signed out", line: "GET /posts/discover", headers: { authorization: "" } },
  { what: "reads the timeline", line: "GET /posts/timeline", headers: bare, shape: posts(1) },
  { what: "reads mentions", line: "GET /posts/mentions", headers: bare, shape: posts(1) },
  { what: "reads media", line: "GET /posts/media", headers: bare, shape: photos },
  { what: "reads photos", line: "GET /posts/photos?count=20", headers: bare, shape: photos },
  { what: "reads somebody's photos", line: "GET /posts/lee/photos", headers: bare, shape: photos },
  { what: "finds people", line: "GET /users/search?q=lee", headers: bare, shape: people(1) },
  { what: "reads a conversation", line: "GET /posts/conversation?id={post}", headers: bare, shape: conversation },
  {
    what: "replies",
    line: "POST /posts/reply",
    headers: { ...bare, ...json },
    body: '{"id":"{post}","text":"@lee Another bird"}',
    shape: nothing,
  },
  {
    what: "registers for push",
    line: "POST /users/push/register",
    headers: { ...bare, ...urlencoded },
    body: "device_token=0123abcd&push_env=dev&app_name=Micro.blog",
    shape: object({ status: said }),
  },
];

/** The older app for Android: `Token`, favorites, pages by `before_id` and `count`. */
export const androidClassic: readonly Recorded[] = [
  { what: "reads the timeline", line: "GET /posts/all?count=20", headers: token, shape: posts(1) },
  { what: "goes on", line: "GET /posts/all?before_id={post}&count=20", headers: token, shape: posts() },
  {
    what: "keeps a favourite",
    line: "POST /posts/favorites",
    headers: { ...token, ...urlencoded },
    body: "id={post}",
    shape: nothing,
  },
  { what: "lists favourites", line: "GET /posts/favorites?count=20", headers: token, shape: posts(1) },
  { what: "lets it go by the post's id", line: "DELETE /posts/favorites/{post}", headers: token, shape: nothing },
];

const cliAuth = { authorization: "Bearer {key}", "user-agent": "microblog-cli/0.9" };

/** A command line: an `error` within a 200, the header Location, the tree of a conversation. */
export const cli: readonly Recorded[] = [
  {
    what: "tries a wrong token",
    line: "POST /account/verify",
    headers: urlencoded,
    body: "token=0000000000DEADBEEF00",
    shape: object({ error: said }),
  },
  { what: "tries none", line: "POST /account/verify", headers: urlencoded, body: "", shape: object({ error: said }) },
  { what: "signs in", line: "POST /account/verify", headers: { ...cliAuth, ...urlencoded }, body: "token={key}", shape: account },
  {
    what: "writes",
    line: "POST /micropub",
    headers: { ...cliAuth, ...urlencoded },
    body: "h=entry&content=From+the+shell",
    status: 201,
    answers: { location: /^http/ },
  },
  { what: "reads a conversation", line: "GET /posts/conversation?id={post}", headers: cliAuth, shape: conversation },
  {
    what: "mentions",
    line: "POST /posts/reply",
    headers: { ...cliAuth, ...urlencoded },
    body: "id=0&content=%40lee+Good+morning",
    shape: nothing,
  },
  { what: "is signed out", line: "GET /posts/timeline", headers: {}, status: 401 },
  {
    what: "has a wrong token",
    line: "GET /posts/timeline",
    headers: { authorization: "Bearer 0000000000DEADBEEF00" },
    status: 401,
  },
  { what: "asks with HEAD", line: "HEAD /posts/lee", headers: cliAuth, answers: { "content-type": /json/ } },
];

const web = { authorization: "Bearer {key}", origin: "https://reader.example", accept: "application/json" };

/** A client in a browser on another origin. */
export const webClient: readonly Recorded[] = [
  {
    what: "asks whether it may",
    line: "OPTIONS /posts/markers",
    headers: {
      origin: "https://reader.example",
      "access-control-request-method": "POST",
      "access-control-request-headers": "authorization,content-type",
    },
    status: 204,
    answers: {
      "access-control-allow-origin": /^\*$/,
      "access-control-allow-headers": /authorization/i,
      "access-control-expose-headers": /Location/,
    },
  },
  {
    what: "marks",
    line: "POST /posts/markers",
    headers: { ...web, ...json },
    body: '{"channel":"timeline","id":"{post}","date_marked":"2026-05-01T12:00:00Z"}',
    answers: { "access-control-allow-origin": /^\*$/ },
    shape: nothing,
  },
  { what: "looks at marks", line: "GET /posts/check", headers: web, shape: check },
  { what: "blocks nobody", line: "GET /users/blocking", headers: web, shape: listOf(object({ username: said })) },
  { what: "reads hidden mentions", line: "GET /posts/mentions/blocked", headers: web, shape: posts() },
  {
    what: "is refused readably",
    line: "GET /posts/timeline",
    headers: { origin: "https://reader.example" },
    status: 401,
    answers: { "access-control-allow-origin": /^\*$/ },
    shape: object({ error: said, error_description: text }),
  },
  {
    what: "lists collections",
    line: "GET /micropub?q=channel",
    headers: web,
    shape: object({ channels: listOf(object({ uid: said, name: said }), 1) }),
  },
];
