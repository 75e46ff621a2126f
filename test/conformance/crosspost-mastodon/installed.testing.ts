import { existsSync } from "node:fs";
import { join } from "node:path";
import { beginConnection, finishConnection } from "../../../core/host/connections/connect.ts";
import { definePlugin } from "../../../core/host/define-plugin.ts";
import type { Generation } from "../../../core/host/generation.ts";
import type { Plugin } from "../../../core/host/manifest.ts";
import type { Blog, Json } from "../../../core/hooks/values.ts";
import { createTestHost, type TestHost } from "../../../core/testing/test-host.ts";
import type { CrosspostService } from "../../fakes/crosspost-api.ts";
import { bridge } from "../../fakes/bridge.ts";
import type { FakeService } from "../../fakes/fake-server.ts";
import type { MastodonOptions } from "../../fakes/mastodon/holdings.ts";
import { FakeMastodon } from "../../fakes/mastodon/mastodon.ts";

const plugins = join(import.meta.dirname, "../../../plugins");

/** Whether the plugins under test are there; without them their tests say so and skip. */
export const isThere = ["crosspost", "crosspost-mastodon"].every((id) => existsSync(join(plugins, id)));

// Its services are what is tried here, without what crosspost itself does with them.
const crosspost = definePlugin({ id: "crosspost", name: "Crosspost", description: "Stands in.", version: "1.0.0", api: 1 });

export type Installed = {
  readonly host: TestHost;
  readonly server: FakeMastodon;
  readonly service: CrosspostService;
  /** Types an address and presses Connect, permission and all; the name of the connected account. */
  connect(typed: string, at?: FakeService): Promise<string>;
};

/** An installation with the plugin, `isWhole` with crosspost itself too, and a Mastodon server at birds.example that it reaches. */
export async function install(
  t: Parameters<typeof createTestHost>[0],
  options: MastodonOptions = {},
  isWhole = false,
): Promise<Installed> {
  const [folder, above] = [join(plugins, "crosspost-mastodon"), join(plugins, "crosspost")];
  const read = async (place: string) => ((await import(join(place, "plugin.ts"))) as { default: Plugin }).default;
  const plugin = await read(folder);
  // Standing in, with its texts: the plugin says some of what goes wrong with them.
  const needed = { plugin: isWhole ? await read(above) : crosspost, folder: above };
  const host = await createTestHost(t, { plugins: [needed, { plugin, folder }] });
  const server = new FakeMastodon({ now: () => host.clock.now(), ...options });
  bridge(host.network, "https://birds.example", server);
  const connect = async (typed: string, at: FakeService = server) => {
    await host.set("crosspost-mastodon", { server: typed });
    const scope = host.scope();
    const parts = { host: host.house.host, secrets: host.house.secrets };
    const wanted = { pluginId: "crosspost-mastodon", setting: "accounts", blog: host.blog as Blog | null, session: "s" };
    const url = new URL(await beginConnection(parts, scope, wanted, {} as Record<string, Json>));
    const asked = { method: "GET", path: url.pathname, query: url.searchParams, headers: {}, bytes: new Uint8Array() };
    const { headers } = await at.answer(asked);
    const query = new URL(headers!.location!).searchParams;
    const { outcome } = await finishConnection(parts, scope, { session: "s", query }, async () => host.blog);
    if (!outcome.ok) throw outcome.refusal;
    return outcome.account;
  };
  return { host, server, service: asked(host, plugin), connect };
}

// Asked for anew at each call, as crosspost does: with the settings as they are by then.
function asked(host: TestHost, plugin: Plugin): CrosspostService {
  const now = async () => {
    const scope = host.scope();
    const generation = scope.taps as Generation;
    await host.house.host.contexts.settings(plugin, host.blog);
    const [found] = generation.services(scope, "crosspost.service" as never);
    return (found as unknown as { service: CrosspostService }).service;
  };
  return {
    label: "Mastodon",
    accounts: async () => (await now()).accounts(),
    publish: async (request) => (await now()).publish(request),
    find: async (request) => (await now()).find!(request),
    update: async (request) => (await now()).update!(request),
    remove: async (request) => (await now()).remove!(request),
    verify: async (account) => (await now()).verify!(account),
  };
}
