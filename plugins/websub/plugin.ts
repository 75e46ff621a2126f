import { definePlugin, type Context, type Post } from "rookery/plugin";
import { announce } from "./announce.ts";
import { distribute } from "./distribute.ts";
import { healthOf } from "./health.ts";
import { hubReply } from "./hub.ts";
import { hubOf, topicLinks } from "./hub-address.ts";
import { ping } from "./ping.ts";
import { endLeases, tellOfEnd } from "./end.ts";
import { sendAgain, sendBatch } from "./send.ts";
import { settings } from "./settings.ts";
import { tables } from "./tables.ts";
import { verify } from "./verify.ts";

type HubContext = Context<typeof settings>;

// Told once the time for Undo is over: what was pushed cannot be called back.
const appeared = {
  durable: true,
  afterUndo: true,
  run: ({ post }: { post: Post }, context: HubContext) => announce(context, [post]),
} as const;

/** Tells subscribers of changed feeds at once: a publisher and a hub of WebSub (https://www.w3.org/TR/websub/). */
export default definePlugin({
  id: "websub",
  name: "WebSub",
  description: "Tells feed readers about new posts at once, by a hub of its own or a public one.",
  version: "1.0.0",
  api: 1,
  category: "IndieWeb",
  sets: ["blog", "community"],
  capabilities: ["posts:read", "network:fetch-any"],
  settings,
  tables,
  collections: { pings: {} },
  hooks: {
    "topics.hubs": (_, context) => [hubOf(context)],
    "topics.of": ({ post }, { blog }) => (post.kind === "page" ? [] : [blog.url]),
    // The home page is a topic as feeds are; pages of older posts are none.
    "response.links": ({ page }, context) => (page.type === "home" && page.path === "/" ? topicLinks(context) : []),
    "post.published": appeared,
    "post.restored": appeared,
    "post.updated": { durable: true, run: ({ post, before }, context) => announce(context, [post, before]) },
    "post.removed": { durable: true, run: ({ post }, context) => announce(context, [post]) },
    "health.checks": (_, context) => healthOf(context),
  },
  routes: [{ method: "POST", path: "/websub", on: "hub", access: "public", body: "form", limit: 20_000, run: hubReply }],
  jobs: {
    verify: { run: (data, context) => verify(context, data) },
    distribute: { timeout: { minutes: 2 }, run: (_, context) => distribute(context) },
    send: { timeout: { minutes: 5 }, run: (data, context) => sendBatch(context, data) },
    again: { run: (data, context) => sendAgain(context, data) },
    gone: { timeout: { minutes: 5 }, run: (data, context) => tellOfEnd(context, data) },
    ping: { timeout: { minutes: 5 }, run: (data, context) => ping(context, data) },
    leases: { every: { hours: 1 }, run: (_, context) => endLeases(context) },
  },
});
