import { definePlugin } from "rookery/plugin";
import { bringCopies } from "./copies.ts";
import { upkeep } from "./erase.ts";
import { followedFeeds } from "./follow.ts";
import { prove } from "./owners.ts";
import { ping } from "./ping.ts";
import { pollDue, pollFeed } from "./poll.ts";
import type { Own } from "./rows.ts";
import { screens } from "./screens.ts";
import { settings } from "./settings.ts";
import { tables } from "./tables.ts";

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
  services: { ["timeline.source" as never]: (context: () => unknown) => followedFeeds(() => own(context())) },
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
  ],
  screens,
  jobs: {
    "poll-due": { run: (_, context) => pollDue(own(context)), every: { minutes: 5 }, timeout: { minutes: 10 } },
    poll: { run: (data, context) => pollFeed(own(context), data), timeout: { minutes: 2 } },
    bring: { run: (data, context) => bringCopies(own(context), (data as { ownerId: string }).ownerId), timeout: { minutes: 2 } },
    upkeep: { run: (_, context) => upkeep(own(context)), every: { hours: 24 }, timeout: { minutes: 10 } },
    prove: { run: (data, context) => prove(own(context), (data as { ownerId: string }).ownerId), timeout: { minutes: 1 } },
  },
});
