import { definePlugin } from "rookery/plugin";
import { forgetAccount } from "./account/forget.ts";
import { sweepLinks } from "./account/links.ts";
import { openAppSignedIn } from "./account/open-app.ts";
import { accountRoutes } from "./account/routes.ts";
import { mailLink } from "./account/sign-in.ts";
import { bookmarkRoutes } from "./bookmarks/routes.ts";
import { bookRoutes } from "./books/routes.ts";
import { accountExport } from "./export.ts";
import { hybridRoutes } from "./hybrid/routes.ts";
import { noteRoutes } from "./notes/routes.ts";
import { postRoutes } from "./posts/routes.ts";
import { readerRoutes } from "./reader/routes.ts";
import { settings, type Own } from "./settings.ts";
import { tables } from "./tables.ts";
import { eraseAccount, upkeep } from "./upkeep.ts";
import { userRoutes } from "./users/routes.ts";
import { shortAddresses } from "./users/short-addresses.ts";
import { widgetRoutes } from "./widgets/routes.ts";
import { nowhereRoutes } from "./wire/nowhere.ts";

/** What apps of Micro.blog ask of their server: timelines, conversations, people, bookmarks, accounts, reading, books and notes. */
export default definePlugin({
  id: "client-api",
  name: "Apps",
  description:
    "Lets the apps made for Micro.blog, and others that speak its JSON API, read, reply, follow and sign in at this installation.",
  version: "1.0.0",
  api: 1,
  category: "Social",
  scope: "network",
  sets: ["community"],
  requires: { plugins: { timeline: "^1.0.0" } },
  capabilities: ["identity", "accounts:read", "posts:write", "mail:send", "media:read", "network:fetch-any"],
  networkSettings: settings,
  tables,
  services: { "account.export": (context) => accountExport(context as unknown as () => Own) },
  screens: [
    { on: "hub", path: "/open-app/:word", access: "member", title: "Open the app", run: openAppSignedIn },
    ...shortAddresses,
  ],
  hooks: {
    "page.head": (_, { site }) => [
      { tag: "link", attributes: { rel: "subscribe", href: new URL("/users/follow", site.url).href } },
    ],
    "account.erased": { durable: true, run: ({ accountId }, context) => eraseAccount(context as unknown as Own, accountId) },
    "account.deleted": { durable: true, run: ({ account }, context) => forgetAccount(context as unknown as Own, account.id) },
  },
  jobs: {
    "mail-link": { run: (data, context) => mailLink(data, context as unknown as Own) },
    upkeep: { run: (_, context) => upkeep(context as unknown as Own), every: { hours: 24 }, timeout: { minutes: 10 } },
    sweep: { run: (_, context) => sweepLinks(context as unknown as Own), every: { hours: 1 } },
  },
  routes: [
    ...accountRoutes,
    ...bookmarkRoutes,
    ...postRoutes,
    ...userRoutes,
    ...readerRoutes,
    ...bookRoutes,
    ...noteRoutes,
    ...hybridRoutes,
    ...widgetRoutes,
    // The last: what nothing above knows.
    ...nowhereRoutes,
  ],
});
