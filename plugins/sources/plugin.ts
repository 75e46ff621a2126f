import { definePlugin } from "rookery/plugin";
import { bringCopies } from "./bring-copies.ts";
import { eraseAccount, upkeep } from "./erase.ts";
import { accountExport } from "./export.ts";
import { followedFeeds } from "./follow.ts";
import { ping, pingByGet } from "./ping.ts";
import { pollDue } from "./poll-due.ts";
import { pollFeed } from "./poll.ts";
import { prove, proveAgain } from "./prove.ts";
import type { Own } from "./rows.ts";
import { screens } from "./screens.ts";
import { settings } from "./settings.ts";
import { sourcesStore } from "./store.ts";
import { tables } from "./tables.ts";
import { confirm, take } from "./websub/callback.ts";
import { renewLeases } from "./websub/leases.ts";
import { readPush, resumePushes } from "./websub/read-push.ts";
import { askHub } from "./websub/subscribe.ts";

const own = (context: unknown) => context as Own;

/** Reads feeds of elsewhere: people's own outside blogs, and what they follow. */
export default definePlugin({
  id: "sources",
  name: "Sources",
  description:
    "Reads feeds of other sites: what people follow, and their own blogs elsewhere, copied into a blog here if they wish.",
  version: "1.0.0",
  api: 1,
  category: "Social",
  scope: "network",
  sets: ["community"],
  capabilities: ["posts:read", "posts:write", "accounts:read", "identity", "network:fetch-any"],
  networkSettings: settings,
  tables,
  services: {
    ["timeline.source" as never]: (context: () => unknown) => followedFeeds(() => own(context())),
    ["sources.store" as never]: (context: () => unknown) => sourcesStore(() => own(context())),
    "account.export": (context) => accountExport(() => own(context())),
  },
  routes: [
    {
      method: "POST",
      path: "/ping",
      on: "hub",
      access: "public",
      body: "raw",
      limit: 20_000,
      run: (request) => ping(request as never),
    },
    { method: "GET", path: "/ping", on: "hub", access: "public", run: (request) => pingByGet(request as never) },
    { method: "GET", path: "/sources/hub/:key", on: "hub", access: "public", run: (request) => confirm(request as never) },
    {
      method: "POST",
      path: "/sources/hub/:key",
      on: "hub",
      access: "public",
      body: "raw",
      limit: 8_000_000,
      // One hub may tell of thousands of feeds.
      perMinute: 6_000,
      run: (request) => take(request as never),
    },
  ],
  hooks: {
    "account.erased": { durable: true, run: ({ accountId }, context) => eraseAccount(own(context), accountId) },
    "profile.updated": { durable: true, run: ({ account }, context) => proveAgain(own(context), account.id) },
  },
  screens,
  jobs: {
    "poll-due": { run: (_, context) => pollDue(own(context)), every: { minutes: 5 }, timeout: { minutes: 10 } },
    poll: { run: (data, context) => pollFeed(own(context), data), timeout: { minutes: 2 } },
    bring: { run: (data, context) => bringCopies(own(context), (data as { ownerId: string }).ownerId), timeout: { minutes: 2 } },
    upkeep: { run: (_, context) => upkeep(own(context)), every: { hours: 24 }, timeout: { minutes: 10 } },
    subscribe: { run: (data, context) => askHub(own(context), data), timeout: { minutes: 1 } },
    push: { run: (data, context) => readPush(own(context), data), timeout: { minutes: 2 } },
    leases: {
      run: async (_, context) => {
        await renewLeases(own(context));
        await resumePushes(own(context));
      },
      every: { hours: 1 },
      timeout: { minutes: 5 },
    },
    "prove-all": { run: (_, context) => proveAgain(own(context)), every: { hours: 168 }, timeout: { minutes: 5 } },
    prove: { run: (data, context) => prove(own(context), (data as { ownerId: string }).ownerId), timeout: { minutes: 1 } },
  },
});
