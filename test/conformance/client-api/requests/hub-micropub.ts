import { json, multipart, urlencoded, type Recorded } from "../recorded.ts";
import { nothing } from "../shapes.ts";
import { address, flag, like, listOf, object, said, text, whole, type Shape } from "../shape.ts";

const bearer = { authorization: "Bearer {key}" };
const token = { authorization: "token {key}" };
const bare = { authorization: "{key}" };
const one = (shape: Shape): Shape => listOf(shape, 1);
const uid: Shape = (value, place) => (/^[1-9]\d*$/.test(String(value)) ? [] : [`${place} is no number`]);
const h = (properties: Readonly<Record<string, Shape>>) =>
  object({ type: listOf(like(/^h-entry$/), 1), properties: object(properties) });
const entry = {
  uid: one(uid),
  url: one(said),
  name: listOf(text),
  content: one(text),
  published: one(said),
  "post-status": one(said),
};
const exactlyOneDefault: Shape = (value, place) =>
  (value as { "microblog-default": boolean }[]).filter((blog) => blog["microblog-default"]).length === 1
    ? []
    : [`${place}: not one default`];
const both =
  (...shapes: readonly Shape[]): Shape =>
  (value, place) =>
    shapes.flatMap((shape) => shape(value, place));

/** Every call of client-api.md §6 on the hub's one origin, with the three spellings of the key. */
export const hubMicropub: readonly Recorded[] = [
  {
    what: "configuration",
    line: "GET /micropub?q=config",
    headers: { ...bearer, ...json },
    shape: object({
      "media-endpoint": like(/^http:\/\/hub\.example:\d+\/micropub\/media$/),
      destination: both(
        one(
          object({
            uid: like(/^http:.*\/$/),
            name: said,
            "microblog-audio": flag,
            "microblog-default": flag,
            "microblog-title": text,
          }),
        ),
        exactlyOneDefault,
      ),
      "post-types": one(object({ type: said, name: said, properties: one(said) })),
      channels: one(object({ uid: said, name: said })),
      "syndicate-to": listOf(object({ uid: said, name: said })),
      categories: listOf(said),
      q: one(said),
    }),
    keep: { blog: (config: { destination: { uid: string }[] }) => config.destination[0]!.uid },
  },
  {
    what: "configuration of a blog",
    line: "GET /micropub?q=config&mp-destination={blog}",
    headers: token,
    shape: object({ destination: one(object({ uid: said })) }),
  },
  {
    what: "an unknown blog",
    line: "GET /micropub?q=category&mp-destination=https://nobody.example/",
    headers: token,
    status: 400,
  },
  {
    what: "a note by form, with a new category",
    line: "POST /micropub",
    headers: { ...bare, ...urlencoded },
    body: "h=entry&content=Hello+%40lee&category=Birds&category[]=Walks&mp-destination=&mp-syndicate-to[]=",
    status: 201,
    answers: { location: /^http:\/\/kim\.example/ },
    shape: object({ url: address, preview: address }),
    keep: { made: ({ url }: { url: string }) => url },
  },
  {
    what: "its source",
    line: "GET /micropub?q=source&url={made}",
    headers: bearer,
    shape: h({ content: one(like(/^Hello @lee$/)), category: listOf(said, 2) }),
  },
  {
    what: "categories",
    line: "GET /micropub?q=category&filter=bi",
    headers: bearer,
    shape: object({
      categories: one(like(/^Birds$/)),
      "microblog-categories": one(
        object({ uid: whole, name: said, url: address, path: like(/^\/categories\//), posts_count: whole }),
      ),
    }),
  },
  {
    what: "targets",
    line: "GET /micropub?q=syndicate-to",
    headers: token,
    shape: object({ "syndicate-to": listOf(object({ uid: said, name: said })) }),
  },
  {
    what: "contacts",
    line: "GET /micropub?q=contact&filter=le",
    headers: token,
    shape: object({ contacts: one(object({ name: said, nickname: like(/^lee$/), url: address, photo: address })) }),
  },
  {
    what: "channels",
    line: "GET /micropub?q=channel",
    headers: token,
    shape: object({ channels: one(object({ uid: said, name: said })) }),
  },
  {
    what: "a post in JSON with HTML, picture and place",
    line: "POST /micropub",
    headers: { ...bearer, ...json },
    body: '{"type":["h-entry"],"mp-destination":"{blog}","properties":{"content":[{"html":"<p>From <b>JSON</b></p>"}],"photo":[{"value":"https://lee.example/a.jpg","alt":"A bird"}],"location":[{"type":["h-adr"],"properties":{"latitude":["52.5"],"longitude":["13.4"]}}]}}',
    status: 201,
    shape: object({ url: address }),
  },
  {
    what: "a draft",
    line: "POST /micropub",
    headers: {
      ...token,
      ...multipart({ h: "entry", name: "Later", content: "Not yet", "post-status": "draft", "mp-destination": "{blog}" }).headers,
    },
    body: multipart({ h: "entry", name: "Later", content: "Not yet", "post-status": "draft", "mp-destination": "{blog}" }).body,
    status: 201,
    shape: object({ url: address, preview: address }),
    keep: { draft: ({ url }: { url: string }) => url },
  },
  { what: "drafts", line: "GET /micropub?q=source&post-status=draft", headers: bare, shape: object({ items: one(h(entry)) }) },
  {
    what: "the draft goes out",
    line: "POST /micropub",
    headers: { ...bearer, ...json },
    body: '{"action":"update","url":"{draft}","mp-destination":"{blog}","replace":{"name":["Now"],"content":["It is time"],"post-status":["published"]}}',
    status: 201,
    answers: { location: /^http:\/\/kim\.example/ },
    keep: { out: ({ url }: { url: string }) => url },
  },
  {
    what: "posts",
    line: "GET /micropub?q=source&mp-channel=default&limit=200&offset=0&mp-destination=",
    headers: token,
    shape: object({ items: listOf(h(entry), 3) }),
  },
  {
    what: "posts with words",
    line: "GET /micropub?q=source&filter=time",
    headers: token,
    shape: object({ items: one(h(entry)) }),
  },
  {
    what: "the end of the list",
    line: "GET /micropub?q=source&offset=5000",
    headers: token,
    shape: object({ items: listOf(() => ["something"]) }),
  },
  {
    what: "an ordinary edit by the mobile app",
    line: "POST /micropub",
    headers: { ...bearer, ...json },
    body: '{"action":"update","url":"{made}","replace":{"name":[null],"content":["Changed"],"post-status":[""]}}',
    shape: nothing,
  },
  {
    what: "deletion by form",
    line: "POST /micropub",
    headers: { ...token, ...urlencoded },
    body: "action=delete&url={made}",
    shape: nothing,
  },
  { what: "calling back", line: "POST /micropub", headers: { ...token, ...json }, body: '{"action":"undelete","url":"{made}"}' },
  {
    what: "a page",
    line: "POST /micropub",
    headers: { ...bearer, ...urlencoded },
    body: "mp-channel=pages&name=Colophon&content=By+hand",
    status: 201,
  },
  {
    what: "pages",
    line: "GET /micropub?q=source&mp-channel=pages",
    headers: bearer,
    shape: object({
      items: one(
        h({ ...entry, "microblog-template": one((value, place) => (value === false ? [] : [`${place} is not false`])) }),
      ),
    }),
  },
  {
    what: "a category",
    line: "POST /micropub",
    headers: { ...bearer, ...urlencoded },
    body: "mp-channel=categories&name=Travel&text=Far+away",
    status: 201,
    shape: object({ uid: whole, name: said, path: like(/^\/categories\/travel$/), posts_count: whole, url: address }),
    keep: { category: ({ url }: { url: string }) => url },
  },
  {
    what: "its name",
    line: "POST /micropub",
    headers: { ...bearer, ...json },
    body: '{"mp-channel":"categories","action":"update","url":"{category}","replace":{"name":["Trips"]}}',
    shape: object({ uid: whole, name: like(/^Trips$/) }),
  },
  {
    what: "its end",
    line: "POST /micropub",
    headers: { ...bearer, ...urlencoded },
    body: "mp-channel=categories&action=delete&url={category}",
  },
  {
    what: "a collection",
    line: "POST /micropub",
    headers: { ...token, ...json },
    body: '{"mp-channel":"collections","mp-destination":"{blog}","properties":{"name":["Trips"]}}',
    status: 201,
    shape: object({ url: address }),
    keep: { collection: ({ url }: { url: string }) => url },
  },
  {
    what: "collections",
    line: "GET /micropub?q=source&mp-channel=collections&mp-destination={blog}",
    headers: token,
    shape: object({ items: one(h({ uid: one(uid), url: one(address), name: one(said), "microblog-uploads-count": whole })) }),
  },
  {
    what: "a file",
    line: "POST /micropub/media",
    headers: { ...bare, "content-type": "multipart/form-data; boundary=b" },
    body: '--b\r\nContent-Disposition: form-data; name="mp-destination"\r\n\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.svg.png"\r\nContent-Type: image/png\r\n\r\n{png}\r\n--b--\r\n',
    status: 201,
    answers: { location: /^http/ },
    shape: object({ url: address }),
    keep: { file: ({ url }: { url: string }) => url },
  },
  {
    what: "uploads",
    line: "GET /micropub/media?q=source&limit=10&offset=0&mp-destination={blog}",
    headers: token,
    shape: object({
      items: one(
        object({
          url: address,
          published: said,
          alt: text,
          "microblog-ai": flag,
          width: whole,
          height: whole,
          sizes: object({ large: address, medium: address, small: address }),
        }),
      ),
    }),
  },
  {
    what: "its description, in the address",
    line: "POST /micropub/media?action=update&url={file}&alt=A%20dot",
    headers: token,
    shape: nothing,
  },
  {
    what: "uploads by description",
    line: "GET /micropub/media?q=source&filter=dot",
    headers: token,
    shape: object({ items: one(object({ alt: like(/^A dot$/) })) }),
  },
  {
    what: "a photo into the collection",
    line: "POST /micropub",
    headers: { ...token, ...json },
    body: '{"action":"update","mp-channel":"collections","url":"{collection}","add":{"photo":["{file}"]}}',
    shape: object({}),
  },
  {
    what: "uploads of the collection",
    line: "GET /micropub/media?q=source&microblog-collection={collection}",
    headers: token,
    shape: object({ items: one(object({ url: address })) }),
  },
  {
    what: "the file goes",
    line: "POST /micropub/media",
    headers: { ...bearer, ...urlencoded },
    body: "action=delete&url={file}",
    shape: nothing,
  },
  {
    what: "a part of a large file",
    line: "POST /micropub/media/append",
    headers: { ...token, ...urlencoded },
    body: "file_id=482913&file_name=a.png&file_data={part}",
    shape: object({}),
  },
  {
    what: "all parts are there",
    line: "POST /micropub/media/finished",
    headers: { ...token, ...urlencoded },
    body: "file_id=482913&file_name=a.png&mp-destination=",
    shape: object({}),
  },
  {
    what: "waiting for it",
    line: "GET /micropub/media/waiting?file_id=482913",
    headers: bearer,
    shape: object({ is_processing: flag, url: address }),
  },
  {
    what: "a reply to a post here",
    line: "POST /micropub",
    headers: { ...bearer, ...urlencoded },
    body: "h=entry&content=Fine&in-reply-to={url}",
    status: 201,
  },
  {
    what: "a bookmark",
    line: "POST /micropub",
    headers: { ...bearer, ...urlencoded },
    body: "h=entry&bookmark-of=https%3A%2F%2Flee.example%2Fa",
    status: 201,
  },
  { what: "nobody", line: "GET /micropub?q=config", headers: {}, status: 401 },
  { what: "a wrong key", line: "GET /micropub?q=config", headers: { authorization: "Bearer 00000000000000000000" }, status: 401 },
];
