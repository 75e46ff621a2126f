import { definePlugin } from "rookery/plugin";
import "../crosspost/api.ts";
import { connectAccount, typed } from "./connect.ts";
import { blueskyService } from "./service.ts";

/** Copies of posts on Bluesky, or on any other server that speaks its protocol. */
export default definePlugin({
  id: "crosspost-bluesky",
  name: "Bluesky",
  description: "Sends copies of posts to Bluesky accounts, with pictures, their descriptions, links and link cards.",
  version: "1.0.0",
  api: 1,
  category: "Cross-posting",
  requires: { plugins: { crosspost: "^1.0" } },
  capabilities: ["network:fetch-any"],
  settings: { accounts: { type: "oauth", label: "Bluesky", multiple: true } },
  connections: { accounts: { fields: typed, connect: connectAccount } },
  services: { "crosspost.service": blueskyService },
});
