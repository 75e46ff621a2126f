import { definePlugin } from "rookery/plugin";
import { catchUp, moveItems } from "./coming/catch-up.ts";
import { fanOut } from "./coming/fan-out.ts";
import { releaseKept } from "./coming/kept.ts";
import { withNameLinks } from "./coming/name-links.ts";
import { followPost } from "./coming/local-posts.ts";
import { followInteraction } from "./coming/local-replies.ts";
import { eraseAccount, eraseBlog, upkeep } from "./erase.ts";
import { accountExport } from "./export.ts";
import { clearOut, firstFill } from "./following/follow.ts";
import { followList } from "./following/lists.ts";
import { ownPageLink } from "./own-page.ts";
import { screens } from "./screens.ts";
import { settings, type Own } from "./settings.ts";
import { blogSource, personSource, setAway } from "./sources.ts";
import { timelineStore } from "./store.ts";
import { tables } from "./tables.ts";

/** Reading: following, the home timeline, mentions, photos, profiles and conversations, strictly by time. */
export default definePlugin({
  id: "timeline",
  name: "Timeline",
  description:
    "Follow people and blogs and read what they say, in the order of time: timeline, mentions, photos, profiles, conversations.",
  version: "1.0.0",
  api: 1,
  category: "Social",
  scope: "network",
  sets: ["community"],
  capabilities: ["posts:write", "interactions:read", "accounts:read"],
  networkSettings: settings,
  tables,
  offers: {
    "timeline.item": { kind: "filter" },
    "timeline.received": { kind: "event" },
    "timeline.spread": { kind: "guard", onFailure: "allow" },
    "timeline.actions": { kind: "collect" },
    "timeline.reply": { kind: "first" },
  },
  services: {
    "timeline.store": (context) => timelineStore(context as () => Own),
    "account.export": (context) => accountExport(context as () => Own),
  },
  hooks: {
    "page.head": ({ page }, context) => ownPageLink(context as Own, page.type),
    "content.html": (html, context) => withNameLinks(context as Own, html),
    "post.published": { durable: true, run: ({ post }, context) => followPost(context as Own, post, "new") },
    "post.updated": { durable: true, run: ({ post }, context) => followPost(context as Own, post, "changed") },
    "post.restored": { durable: true, run: ({ post }, context) => followPost(context as Own, post, "back") },
    "post.removed": { durable: true, run: ({ post }, context) => followPost(context as Own, post, "changed") },
    "interaction.received": { durable: true, run: ({ interaction }, context) => followInteraction(context as Own, interaction) },
    "interaction.decided": { durable: true, run: ({ interaction }, context) => followInteraction(context as Own, interaction) },
    "interaction.removed": { durable: true, run: ({ interaction }, context) => followInteraction(context as Own, interaction) },
    "blog.deleted": { durable: true, run: ({ blog }, context) => setAway(context, blog.id, true) },
    "blog.recalled": { durable: true, run: ({ blog }, context) => setAway(context, blog.id, false) },
    "blog.suspended": { durable: true, run: ({ blog }, context) => setAway(context, blog.id, true) },
    "blog.restored": { durable: true, run: ({ blog }, context) => setAway(context, blog.id, false) },
    "blog.erasing": {
      durable: true,
      run: ({ blog }, context) => context.enqueue("erase-blog", { blogId: blog.id }, { key: "erase-blog" }),
    },
    "blog.domainChanged": { durable: true, run: ({ blog }, context) => movedBlog(context as Own, blog) },
    "account.deleted": { durable: true, run: ({ account }, context) => lookAt(context as Own, account.id) },
    "account.erased": { durable: true, run: ({ accountId }, context) => eraseAccount(context as Own, accountId) },
    "account.recalled": { durable: true, run: ({ account }, context) => lookAt(context as Own, account.id) },
    "account.suspended": { durable: true, run: ({ account }, context) => lookAt(context as Own, account.id) },
    "account.restored": { durable: true, run: ({ account }, context) => lookAt(context as Own, account.id) },
    "profile.updated": { durable: true, run: async ({ account }, context) => void (await personSource(context as Own, account)) },
  },
  screens,
  jobs: {
    "fan-out": { run: (data, context) => fanOut(data, context as unknown as Own), timeout: { minutes: 5 } },
    "clear-out": { run: (data, context) => clearOut(data, context as unknown as Own), timeout: { minutes: 5 } },
    "first-fill": { run: (data, context) => firstFill(data, context as unknown as Own), timeout: { minutes: 5 } },
    "follow-list": { run: (data, context) => followList(data, context as unknown as Own), timeout: { minutes: 30 } },
    "catch-up": { run: (data, context) => catchUp(data, context as unknown as Own), timeout: { minutes: 5 } },
    release: { run: (data, context) => releaseKept(data, context as unknown as Own), timeout: { minutes: 30 } },
    "move-items": { run: (_, context) => moveItems(context as unknown as Own), timeout: { minutes: 30 } },
    "erase-blog": {
      run: (data, context) => eraseBlog(context as unknown as Own, (data as { blogId: string }).blogId),
      timeout: { minutes: 30 },
    },
    upkeep: { run: (_, context) => upkeep(context as unknown as Own), every: { hours: 24 }, timeout: { minutes: 30 } },
  },
  lifecycle: {
    activate: (context) => context.enqueue("catch-up", {}, { key: "catch-up" }),
  },
});

// As they are now: news of it may come late, and in any order.
async function lookAt(context: Own, accountId: string): Promise<void> {
  const account = await context.accounts.byId(accountId);
  const isHere = account !== null && (await context.accounts.byUsername(account.username)) !== null;
  await setAway(context, accountId, !isHere);
}

async function movedBlog(context: Own, blog: Own["blog"]): Promise<void> {
  await blogSource(context, blog);
  await context.enqueue("move-items", {}, { key: "move-items" });
}
