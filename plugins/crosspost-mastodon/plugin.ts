import { definePlugin } from "rookery/plugin";
import "../crosspost/api.ts";
import { refreshLimits } from "./accounts.ts";
import { begin, finish, revoke } from "./connect.ts";
import { mastodonService } from "./service.ts";
import { settings } from "./settings.ts";

/** Copies of posts on Mastodon, and on any server that speaks its client API: GoToSocial, Pleroma, Akkoma, Friendica, Pixelfed. */
export default definePlugin({
  id: "crosspost-mastodon",
  name: "Mastodon",
  description: "Sends copies of posts to accounts on Mastodon and servers like it, with pictures and their descriptions.",
  version: "1.0.0",
  api: 1,
  category: "Cross-posting",
  requires: { plugins: { crosspost: "^1.0" } },
  capabilities: ["network:fetch-any"],
  settings,
  connections: { accounts: { begin, finish, revoke } },
  collections: { limits: {} },
  jobs: { limits: { every: { hours: 24 }, run: async (_data, context) => refreshLimits(context) } },
  services: { "crosspost.service": mastodonService },
});
