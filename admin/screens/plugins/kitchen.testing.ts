import { definePlugin } from "../../../core/host/define-plugin.ts";
import type { LoadedPlugin } from "../../../core/host/load-plugins.ts";
import type { Plugin } from "../../../core/host/manifest.ts";
import { PublicError } from "../../../core/errors.ts";
import { TestNetwork } from "../../../core/testing/test-network.ts";
import { openDashboard, setUp } from "../../testing.ts";

/** A plugin with a setting of every kind, a test and two connections. */
export const kitchen = definePlugin({
  id: "kitchen",
  name: "Kitchen",
  description: "Has everything.",
  version: "1.0.0",
  api: 1,
  category: "Cross-posting",
  capabilities: ["posts:read", "network:fetch"],
  hosts: ["service.example"],
  slots: { footer: () => null },
  pages: [{ path: "/menu", title: "The menu", inNavigation: true, view: async () => null }],
  jobs: { cook: { run: async () => undefined } },
  settings: {
    line: { type: "text", label: "A line", required: true, default: "soup" },
    long: { type: "textarea", label: "A long text" },
    markdown: { type: "markdown", label: "Markdown" },
    site: { type: "url", label: "A site" },
    mail: { type: "email", label: "An e-mail" },
    handle: { type: "handle", label: "A handle" },
    token: { type: "secret", label: "A token", testAction: { name: "taste", label: "Taste it" } },
    count: { type: "number", label: "A number", min: 1, max: 9 },
    heat: { type: "range", label: "Heat", min: 0, max: 10, default: 5 },
    isOpen: { type: "boolean", label: "Open", default: true },
    dish: {
      type: "select",
      label: "A dish",
      options: [
        { value: "soup", label: "Soup" },
        { value: "pie", label: "Pie" },
      ],
    },
    spice: { type: "select", label: "A spice", options: ["none", "saffron"], default: "none" },
    size: { type: "radio", label: "A size", options: ["small", "large"], default: "small" },
    herbs: { type: "select", label: "Herbs", multiple: true, options: ["dill", "mint", "sage"] },
    colour: { type: "color", label: "A colour" },
    day: { type: "date", label: "A day" },
    moment: { type: "dateTime", label: "A moment" },
    rest: { type: "duration", label: "A rest", min: 60, group: "Rarely changed" },
    cover: { type: "image", label: "A picture" },
    font: { type: "font", label: "A font" },
    shelf: { type: "category", label: "A category" },
    about: { type: "page", label: "A page" },
    card: { type: "menu", label: "A menu" },
    other: { type: "blog", label: "A blog" },
    cook: { type: "account", label: "A cook" },
    crust: { type: "text", label: "The crust", required: true, when: { dish: "pie" } },
    guests: {
      type: "list",
      label: "Guests",
      max: 3,
      fields: { name: { type: "text", label: "Name", required: true }, site: { type: "url", label: "Site" } },
    },
    clientId: { type: "text", label: "Client" },
    service: { type: "oauth", label: "the service" },
    server: { type: "oauth", label: "a server" },
    flock: { type: "oauth", label: "birds", multiple: true },
    hint: { type: "note", label: "Mind", help: "The stove is hot." },
  },
  networkSettings: { port: { type: "number", label: "Port", restart: true } },
  tests: {
    taste: async ({ settings }) => ({ ok: settings.token === "salt", message: `It tastes of ${settings.token ?? "nothing"}.` }),
  },
  connections: {
    service: {
      authorizeUrl: "https://service.example/authorize",
      tokenUrl: "https://service.example/token",
      scope: "write",
      clientId: "clientId",
      account: async (context, tokens) => {
        const answer = await context.fetch("https://service.example/me", {
          headers: { authorization: `Bearer ${tokens.access_token}` },
        });
        return ((await answer.json()) as { name: string }).name;
      },
    },
    flock: {
      begin: async () => ({ url: "https://birds.example/oauth" }),
      finish: async (_context, query) => {
        const name = query.get("code")!;
        return { account: `@${name}@birds.example`, expiresAt: null, tokens: { token: name } };
      },
      revoke: async (context, { tokens }) => {
        const { token } = tokens as { token: string };
        const answer = await context.fetch(`https://service.example/revoke?token=${token}`, { method: "POST" });
        if (!answer.ok) throw new Error(`It answered ${answer.status}.`);
      },
    },
    // As Mastodon wants it: the client is registered at the server somebody names, and must not lie open meanwhile.
    server: {
      begin: async ({ settings }, { codeChallenge }) => {
        if (!settings.site) throw new PublicError("kitchen.site", "Name the server first.", 422);
        return { url: `${settings.site}oauth?challenge=${codeChallenge}`, data: { client: "registered", secret: "hush" } };
      },
      finish: async (_context, query, { data }) => ({
        account: `@kim@${(data as { client: string }).client}`,
        expiresAt: "2099-01-01T00:00:00.000Z",
        tokens: { token: query.get("code")! },
      }),
    },
  },
});

/** One that cannot be without the kitchen. */
export const waiter = definePlugin({
  id: "waiter",
  name: "Waiter",
  description: "Carries things out of the kitchen.",
  version: "1.0.0",
  api: 1,
  requires: { plugins: { kitchen: "^1.0.0" } },
});

/** kim's installation with both, kim signed in, and a network of the test. */
export async function openKitchen(t: Parameters<typeof openDashboard>[0]) {
  const network = new TestNetwork();
  const given = [kitchen, waiter].map((plugin) => ({
    plugin: plugin as unknown as Plugin,
    folder: `/nowhere/${plugin.id}`,
    isBundled: true,
  })) satisfies LoadedPlugin[];
  const parts = await openDashboard(t, { plugins: given, fetch: network.fetch });
  await setUp(parts);
  return { ...parts, network };
}
