import { definePlugin } from "rookery/plugin";
import "./api.ts";
import { chooseTargets } from "./choose-targets.ts";
import { notices } from "./notices.ts";
import { targetScreens } from "./screens.ts";
import { targetService } from "./target-service.ts";
import { tryAgain } from "./trouble.ts";

/** Copies of posts on other services, through plugins that each speak to one of them. */
export default definePlugin({
  id: "crosspost",
  name: "Cross-posting",
  description: "Sends copies of posts to accounts elsewhere, by the owner's rules, and keeps account of what became of them.",
  version: "1.0.0",
  api: 1,
  category: "Cross-posting",
  capabilities: ["posts:read", "posts:write", "media:read", "accounts:read", "network:fetch-any", "mail:send"],
  collections: { targets: {}, accounts: {}, log: {} },
  services: { target: targetService },
  hooks: {
    // Late, so that what other plugins make of the draft is seen.
    "post.parse": { stage: 90, run: (draft, context) => chooseTargets(context, draft) },
    "plugin.connected": ({ pluginId }, context) => tryAgain(context, pluginId),
    "admin.cards": (_, context) => notices(context),
  },
  screens: targetScreens,
});
