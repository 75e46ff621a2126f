import type { NewPlugin } from "./new-plugin.ts";

/** The files of a new service for cross-posts: a small JSON API with a key, to be replaced by the service's own language. */
export function crosspostFiles({ id, name }: NewPlugin): Record<string, string> {
  return {
    "plugin.ts": `import { definePlugin } from "rookery/plugin";
import "../crosspost/api.ts";
import { service } from "./service.ts";

/** Sends copies of posts to a server with a small JSON API. */
export default definePlugin({
  id: "${id}",
  name: "${name}",
  description: "Sends copies of posts to a server with a small JSON API.",
  version: "0.1.0",
  api: 1,
  category: "Cross-posting",
  requires: { plugins: { crosspost: "^1.0" } },
  capabilities: ["network:fetch-any"],
  settings: {
    server: { type: "url", label: "Server", help: "Its address, such as https://notes.example" },
    key: { type: "secret", label: "Key" },
  },
  services: { "crosspost.service": service },
});
`,
    "service.ts": `import type { Context, Fields, Json } from "rookery/plugin";
import type { CrosspostService, ServiceLimits, ServiceRequest } from "../crosspost/api.ts";
import { ask } from "./ask.ts";

/** What the service takes. Change these first: composing and cutting follow them. */
const limits: ServiceLimits = { text: 500, counter: "grapheme", images: 0, edit: true, delete: true };

/** The service's language; \`crosspost\` does the rest: choices, composition, turns, states and notices. */
export const service = <S extends Fields>(context: () => Context<S>): CrosspostService => ({
  label: "${name}",
  accounts: async () => {
    const { server } = context().settings as { readonly server?: string };
    return server ? [{ id: "only", name: new URL(server).host, limits }] : [];
  },
  // The key makes a second try of the same copy harmless: the server answers with the first one.
  publish: (request) => tell(context, "POST", "/notes", request),
  update: (request) => tell(context, "PUT", \`/notes/\${idOf(request.copy)}\`, request),
  async remove({ copy }) {
    await ask(context, "DELETE", \`/notes/\${idOf(copy)}\`, { isGoneFine: true });
  },
});

async function tell<S extends Fields>(context: () => Context<S>, method: string, path: string, request: ServiceRequest) {
  const note = (await ask(context, method, path, {
    key: request.key,
    body: { text: request.composed.text, link: request.composed.url },
  })) as { readonly id?: Json; readonly url?: Json };
  return { copy: { id: String(note?.id ?? "") }, ...(typeof note?.url === "string" && { url: note.url }) };
}

const idOf = (copy: Json): string => encodeURIComponent(String((copy as { readonly id?: Json } | null)?.id ?? ""));
`,
    "ask.ts": `import type { Context, Fields, Json } from "rookery/plugin";
import { CrosspostError } from "../crosspost/api.ts";

type Asked = { readonly key?: string; readonly body?: Json; readonly isGoneFine?: boolean };

/** One request to the server; gives its JSON. CrosspostError says by its kind what shall happen next. */
export async function ask<S extends Fields>(
  context: () => Context<S>,
  method: string,
  path: string,
  { key, body, isGoneFine = false }: Asked,
): Promise<Json> {
  const here = context();
  const { server, key: secret = "" } = here.settings as { readonly server?: string; readonly key?: string };
  if (!server) throw new CrosspostError("auth", "Say in the settings which server it is.");
  const headers = {
    authorization: \`Bearer \${secret}\`,
    ...(key && { "idempotency-key": key }),
    ...(body !== undefined && { "content-type": "application/json" }),
  };
  const response = await here.fetch(new URL(path, server).href, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }).catch((error: unknown) => {
    throw new CrosspostError("transient", error instanceof Error ? error.message : "The server did not answer.");
  });
  const { status } = response;
  if (status === 401 || status === 403) throw new CrosspostError("auth", "The server does not take the key any more.");
  if (status === 429 || status >= 500) throw new CrosspostError("transient", \`The server answers \${status}.\`);
  if ((status === 404 || status === 410) && isGoneFine) return null;
  if (status >= 400) throw new CrosspostError("permanent", \`The server refuses it: \${status}.\`);
  return status === 204 ? null : ((await response.json()) as Json);
}
`,
    "plugin.test.ts": `import test from "ava";
import { createTestHost, pluginContract, type TestHost } from "rookery/testing";
import crosspost from "../crosspost/plugin.ts";
import plugin from "./plugin.ts";

const requires = [\`\${import.meta.dirname}/../crosspost\`];
pluginContract(test, import.meta.dirname, { requires });

/** A server as the test wants it: notes by their key. */
function fakeServer(host: TestHost) {
  const notes = new Map<string, string>();
  host.network.on("POST https://notes.example/notes", ({ headers, content }) => {
    if (headers.authorization !== "Bearer k3y") return { status: 401 };
    const key = headers["idempotency-key"] ?? "";
    notes.set(key, (content as { text: string }).text);
    return { json: { id: key, url: \`https://notes.example/notes/\${encodeURIComponent(key)}\` } };
  });
  return notes;
}

test("a post arrives once, after the time for Undo, and says where its copy is", async (t) => {
  const folder = import.meta.dirname;
  const host = await createTestHost(t, {
    plugins: [
      { plugin: crosspost, folder: requires[0]! },
      { plugin, folder },
    ],
  });
  const notes = fakeServer(host);
  await host.set("${id}", { server: "https://notes.example", key: "k3y" });
  const [target] = await host.targets();
  const post = await host.publish({ text: "Herons at the pond", targets: [{ target: target!.id }] });

  host.clock.advance({ minutes: 2 });
  await host.runJobs();

  t.is(notes.size, 1);
  t.regex([...notes.values()][0]!, /Herons at the pond/);
  t.deepEqual((await host.stored(post))?.properties.syndication, [
    \`https://notes.example/notes/\${encodeURIComponent([...notes.keys()][0]!)}\`,
  ]);
});
`,
    "README.md": `# ${name}

Sends copies of posts to a server with a small JSON API. Change \`service.ts\` and \`ask.ts\` to speak another service's language.

**Switch it on**: Plugins → ${name}; \`crosspost\` goes on with it. **Settings**: the server's address and a key.
**Sends** text and address of the posts somebody chooses it for. **Stores** nothing but its settings; the key is sealed.
**Tests**: \`rookery plugin check ${id}\`
`,
    "locales/en.json": `${JSON.stringify(
      {
        "plugin.name": name,
        "plugin.description": "Sends copies of posts to a server with a small JSON API.",
        "settings.server.label": "Server",
        "settings.server.help": "Its address, such as https://notes.example",
        "settings.key.label": "Key",
      },
      null,
      2,
    )}\n`,
  };
}
