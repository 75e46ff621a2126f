import { definePlugin, type Context } from "rookery/plugin";
import { checkEverybody, checkProfile } from "./profile-links.ts";
import { askAgain, showLinks } from "./screen.ts";

/** Looks whether the profiles that people name elsewhere link back to their blog, as rel=me wants it both ways. */
export default definePlugin({
  id: "relme",
  name: "Profile links",
  description: "Says of each profile elsewhere whether it links back to your blog, so that others can be sure that it is yours.",
  version: "1.0.0",
  api: 1,
  category: "IndieWeb",
  sets: ["blog", "community"],
  scope: "network",
  capabilities: ["accounts:read", "identity", "network:fetch", "network:fetch-any"],
  collections: { links: {} },
  hooks: {
    "profile.updated": { durable: true, run: ({ account }, context) => ask(context as Context, account.id) },
    "account.deleted": {
      durable: true,
      run: async ({ account }, context) => void (await context.collection("links").delete(account.id)),
    },
  },
  jobs: {
    check: {
      attempts: 3,
      timeout: { minutes: 5 },
      run: (data, context) => checkProfile(context as unknown as Context, (data as { accountId: string }).accountId),
    },
    everybody: { every: { hours: 168 }, run: (_, context) => checkEverybody(context as unknown as Context) },
  },
  screens: [
    { on: "hub", path: "/profile-links", access: "member", title: "Profile links", menu: "you", run: showLinks },
    { method: "POST", on: "hub", path: "/profile-links/check", access: "member", title: "Profile links", run: askAgain },
  ],
});

// The same work waiting already is replaced: somebody who changes much in a minute is looked at once.
async function ask(context: Context, accountId: string): Promise<void> {
  await context.enqueue("check", { accountId }, { key: accountId });
}
