import { definePlugin, type Reply, type Route, type RouteRequest } from "rookery/plugin";
import { act, inMicropub } from "./endpoint.ts";
import { askFiles } from "./media/files.ts";
import { keepFile } from "./media/keep-file.ts";
import { answer } from "./query/answer.ts";
import { appendPart, finishParts, waitingFile } from "./media/parts.ts";

// Apps on other origins call these with a token; cookies are never read.
const open = { on: ["blog", "hub"], access: "public", cors: true, errors: "json" } as const;
// How large sound, film and pictures may be is for the library to say; this is the most that it ever takes.
const files = { body: "multipart", limit: 500_000_000, timeout: { seconds: 60 } } as const;

const route = (
  method: Route["method"],
  path: string,
  run: (request: RouteRequest) => Promise<Reply>,
  more: Partial<Route> = {},
): Route => ({
  ...open,
  method,
  path,
  run: (request) => inMicropub(() => run(request)),
  ...more,
});

/** Lets apps publish: the W3C's Micropub with its extensions, and what the apps of Micro.blog send. */
export default definePlugin({
  id: "micropub",
  name: "Micropub",
  description:
    "Lets apps write, change and delete posts and upload pictures, sound and film: the W3C's Micropub, with a media endpoint.",
  version: "1.0.0",
  api: 1,
  category: "IndieWeb",
  sets: ["blog", "community"],
  capabilities: ["identity", "accounts:read", "posts:write", "media:write", "interactions:read"],
  hooks: {
    "response.links": (_, { blog }) => [{ rel: "micropub", href: `${blog.url}micropub` }],
  },
  routes: [
    route("GET", "/micropub", answer),
    route("POST", "/micropub", act, files),
    route("GET", "/micropub/media", askFiles),
    route("POST", "/micropub/media", keepFile, files),
    route("POST", "/micropub/media/append", appendPart, files),
    route("POST", "/micropub/media/finished", finishParts, files),
    route("GET", "/micropub/media/waiting", waitingFile),
    { method: "GET", on: "hub", access: "public", path: "/micropub/redirect", run: ({ query }) => toApp(query) },
  ],
});

/** The page to which an app on the desktop that was made for one origin comes back from signing in: it hands what it got to the app. */
function toApp(query: URLSearchParams): Reply {
  const location = `microblog://micropub${query.size > 0 ? `?${query}` : ""}`;
  return { status: 302, headers: { location, "cache-control": "no-store" } };
}
