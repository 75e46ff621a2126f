import { definePlugin } from "rookery/plugin";
import { createTestHost } from "rookery/testing";
import webmention from "./plugin.ts";

type Options = Parameters<typeof createTestHost>[1];
type HostTest = Parameters<typeof createTestHost>[0];
type Known = { readonly kind?: string; readonly author?: string; readonly content?: string; readonly more?: string };

// What only the dashboard can do otherwise.
const hands = definePlugin({
  id: "hands",
  name: "Hands",
  description: "Takes posts out of the trash, and replies in, and decides about them, for tests.",
  version: "1.0.0",
  api: 1,
  capabilities: ["posts:write", "interactions:write"],
  routes: [
    {
      method: "GET",
      path: "/hands/restore/:id",
      on: "blog",
      access: "public",
      run: async ({ context, params }) => (await context.posts.restore(params.id!), {}),
    },
    {
      method: "GET",
      path: "/hands/decide/:id/:state",
      on: "blog",
      access: "public",
      run: async ({ context, params }) => (await context.interactions.decide(params.id!, params.state as "held"), {}),
    },
    {
      method: "GET",
      path: "/hands/receive/:post",
      on: "blog",
      access: "public",
      run: async ({ context, params: { post } }) => {
        const author = { name: "Ana" };
        await context.interactions.receive({
          kind: "reply",
          source: "https://ana.example/1",
          postId: post!,
          author,
          html: "Yes",
        });
        return {};
      },
    },
  ],
});

/** An installation with the plugin, and lee.example beside it, which takes webmentions and says what was sent. */
export async function openHost(t: HostTest, options: Options = {}) {
  const host = await createTestHost(t, { plugins: [{ plugin: webmention, folder: import.meta.dirname }, hands], ...options });
  const { network } = host;
  /** A page elsewhere that takes webmentions. */
  const page = (url: string, html = "<p>Hello</p>") => {
    network.on(`GET ${url}`, { html, headers: { link: '<https://lee.example/wm>; rel="webmention"' } });
    network.on("POST https://lee.example/wm", { status: 202 });
  };
  const sent = () =>
    network.sent<Record<string, string>>("POST https://lee.example/wm").map(({ source, target }) => `${source} ${target}`);
  /** Sends a webmention to a blog and lets it be looked at; gives the answer and what its status page says. */
  const mention = async (source: string, target: string, more: { host?: string; vouch?: string } = {}) => {
    const { host: at, vouch } = more;
    const form = { source, target, ...(vouch !== undefined && { vouch }) };
    // In a burst the next look is a second away.
    host.clock.advance({ seconds: 2 });
    const answer = await host.request({ path: "/webmention", form, ...(at !== undefined && { host: at }) });
    await host.runJobs();
    const location = answer.headers.location;
    const told =
      location === undefined ? null : await host.request({ path: new URL(location).pathname, host: new URL(location).hostname });
    return { ...answer, location, said: told === null ? null : (told.json() as { status: string; summary: string }).status };
  };
  /** Lets the time for Undo pass, and what follows be done. */
  const later = async (minutes = 1) => {
    host.clock.advance({ minutes });
    await host.runJobs();
  };
  return { host, network, page, sent, mention, later };
}

/** A page of lee's with an entry that answers (or `kind`) a target. */
export function entry(target: string, { kind = "u-in-reply-to", author, content = "Well said", more = "" }: Known = {}): string {
  const card = author ?? '<a class="p-author h-card" href="https://lee.example/">Lee</a>';
  return `<body><div class="h-entry">${card}<a class="${kind}" href="${target}">this</a><div class="e-content">${content}</div>
    <time class="dt-published" datetime="2026-04-30T10:00:00Z">yesterday</time>${more}</div></body>`;
}
