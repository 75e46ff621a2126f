import { definePlugin, type Interaction, type Post } from "rookery/plugin";
import { again, verify } from "./receiving/desk.ts";
import { endpointOf, formRoute, receiveRoute, statusRoute } from "./receiving/endpoint.ts";
import { dropComments } from "./receiving/nested.ts";
import { screens } from "./screens.ts";
import { deliver } from "./sending/deliver.ts";
import { goneForOthers, notify, postChanged, responsesChanged } from "./sending/notify.ts";
import { sendPage, webmentionSender } from "./sending/send-page.ts";
import { settings, type Own } from "./settings.ts";
import { tables } from "./tables.ts";
import { holdUnknown, knowSite } from "./vouch.ts";

const changed = { durable: true, run: ({ post }: { post: Post }, context: Own) => postChanged(context, post) } as const;
const appeared = { ...changed, afterUndo: true } as const;
const heard = ({ interaction }: { interaction: Interaction }, context: Own) => responsesChanged(context, interaction);
const route = { on: "blog", access: "public" } as const;

/** Conversations between sites (https://www.w3.org/TR/webmention/): links are told to where they lead, and heard of here. */
export default definePlugin({
  id: "webmention",
  name: "Webmention",
  description: "Tells other sites when a post links to them, and shows replies and mentions that come from other sites.",
  version: "1.0.0",
  api: 1,
  category: "IndieWeb",
  sets: ["blog", "community"],
  capabilities: ["posts:read", "interactions:read", "interactions:write", "accounts:read", "identity", "network:fetch-any"],
  settings,
  tables,
  collections: { entries: {}, hosts: {}, desk: {} },
  services: {
    "webmention.sender": (context) => webmentionSender(context as () => Own),
    "webmention.receiver": (context) => ({ endpointOf: (blogId) => endpointOf(context() as Own, blogId) }),
  },
  hooks: {
    "response.links": (_, { blog, settings: { receive } }) =>
      receive ? [{ rel: "webmention", href: `${blog.url}webmention` }] : [],
    "request.missing": ({ path }, context) => goneForOthers(context, path),
    "post.published": appeared,
    "post.restored": appeared,
    "post.updated": changed,
    "post.removed": changed,
    // Written with the fact: whichever door a reply came in by, the process may end before anybody is told.
    "interaction.received": { durable: true, run: heard },
    "interaction.removed": {
      durable: true,
      run: async ({ interaction }, context) => {
        await dropComments(context, interaction, true);
        await responsesChanged(context, interaction);
      },
    },
    "interaction.decided": {
      durable: true,
      run: async ({ interaction }, context) => {
        if (interaction.state === "visible" && interaction.via === context.pluginId)
          await knowSite(context, interaction.sourceUrl, true);
        await dropComments(context, interaction, false);
        await responsesChanged(context, interaction);
      },
    },
    "interaction.moderate": (interaction, context) => holdUnknown(context, interaction),
  },
  routes: [
    { ...route, method: "POST", path: "/webmention", body: "form", limit: 20_000, perMinute: 1_500, run: receiveRoute },
    { ...route, method: "GET", path: "/webmention", run: formRoute },
    { ...route, method: "GET", path: "/webmention/:id", run: statusRoute },
  ],
  screens,
  jobs: {
    notify: { run: notify },
    send: { run: deliver, timeout: { seconds: 45 } },
    "send-page": { run: (data, context) => sendPage(data, context as unknown as Own), timeout: { seconds: 45 } },
    verify: { run: verify, timeout: { minutes: 5 } },
    again: { run: again },
  },
});
