import { definePlugin, type Post } from "rookery/plugin";
import { answerHere } from "./answer-here.ts";
import { decided } from "./delivery/tell.ts";
import { dropWithCopy, followCopy, isCopy } from "./delivery/follow-copy.ts";
import { settleJob, settleStuck } from "./delivery/settle.ts";
import { routes } from "./embed/routes.ts";
import { eraseAccount, upkeep } from "./erase.ts";
import { accountExport } from "./export.ts";
import { actionsOf, replyBox } from "./offers.ts";
import type { Own } from "./own.ts";
import { screens } from "./screens.ts";
import { spotOf } from "./reading/spot.ts";
import { conversations, repliesStore } from "./store.ts";
import { tables } from "./tables.ts";
import { withNames } from "./text/names.ts";

const follow = { durable: true, run: ({ post }: { post: Post }, context: Own) => followCopy(context, post) } as const;

/** Conversations: replies to whatever stands in the timeline, mentions, drafts, edits, and copies on the own blog. */
export default definePlugin({
  id: "replies",
  name: "Replies",
  description:
    "Lets people answer posts and each other, with drafts, edits, a page for each reply, and conversations for other sites to embed.",
  version: "1.0.0",
  api: 1,
  category: "Social",
  scope: "network",
  sets: ["community"],
  requires: { plugins: { timeline: "^1.0.0" } },
  capabilities: ["posts:read", "posts:write", "interactions:read", "interactions:write", "accounts:read", "identity"],
  tables,
  collections: { unsent: { indexes: ["accountId"] } },
  services: {
    "replies.store": (context) => repliesStore(context as () => Own),
    "webmention.target": (context) => ({ at: (url) => spotOf(context as () => Own, url) }),
    "replies.conversation": (context) => conversations(context as () => Own),
    "account.export": (context) => accountExport(context as () => Own),
  },
  hooks: {
    "content.html": (html, context) => (isCopy(context, context.post) ? withNames(context as Own, html) : undefined),
    "post.published": follow,
    "post.updated": follow,
    "post.restored": follow,
    "post.removed": { durable: true, run: ({ post }, context) => dropWithCopy(context as Own, post) },
    "interaction.decided": {
      durable: true,
      run: ({ interaction, before }, context) => decided(context as Own, interaction, before),
    },
    "account.erased": { durable: true, run: ({ accountId }, context) => eraseAccount(context as Own, accountId) },
    "timeline.reply": (wish, context) => replyBox(context as Own, wish),
    "timeline.actions": (wish, context) => actionsOf(context as Own, wish),
  },
  slots: { "after-conversation": ({ post }, context) => answerHere(context as Own, post) },
  screens,
  routes,
  jobs: {
    settle: { run: (data, context) => settleJob(data, context as unknown as Own), timeout: { seconds: 30 } },
    stuck: { run: (_, context) => settleStuck(context as unknown as Own), every: { hours: 1 } },
    upkeep: { run: (_, context) => upkeep(context as unknown as Own), every: { hours: 24 }, timeout: { minutes: 5 } },
  },
});
