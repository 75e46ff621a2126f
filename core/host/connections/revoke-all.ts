import type { Connection } from "../../hooks/fields.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Blog, Json } from "../../hooks/values.ts";
import type { Generation } from "../generation.ts";
import type { Plugin } from "../manifest.ts";
import type { PluginHost } from "../plugin-host.ts";
import { storedValues } from "../plugin-settings.ts";
import { settingPlace } from "../save-settings.ts";
import { run } from "./connect.ts";
import type { ConnectionWay } from "./connection.types.ts";
import { openConnection, storedConnections } from "./keep-connection.ts";

// However many services do not answer: what is erased does not wait longer than this for all of them.
const patience = 20_000;

/**
 * Tells services that the tokens of a plugin, on a blog or (null) the installation, are not used any more, before they are erased.
 * Tried once, all at a time, for 20 seconds at most; who could not be told is logged. Nothing here stops an erasing.
 */
export async function revokeAll(host: PluginHost, scope: Scope, plugins: readonly Plugin[], blog: Blog | null): Promise<void> {
  const work = plugins.map((plugin) => revokeOf(host, scope, plugin, blog));
  const limit = Promise.withResolvers<void>();
  const timer = setTimeout(limit.resolve, patience);
  await Promise.race([Promise.allSettled(work), limit.promise]);
  clearTimeout(timer);
}

/** The same for one plugin on the installation and all its blogs, before everything of it is erased; 60 seconds at most. */
export async function revokeEverywhere(
  host: PluginHost,
  plugin: Plugin,
  { blogs, scopeOn }: { blogs(): Promise<readonly Blog[]>; scopeOn(generation: Generation, blog: Blog | null): Scope },
): Promise<void> {
  if (!Object.values(plugin.connections ?? {}).some((way) => way.revoke)) return;
  const until = AbortSignal.timeout(3 * patience);
  for (const place of [null, ...(await blogs())]) {
    if (until.aborted) return;
    await revokeAll(host, scopeOn(host.current, place), [plugin], place);
  }
}

/** The same for every plugin there is on the scope's blog, before the blog is erased. */
export async function revokeOfBlog(host: PluginHost, scope: Scope): Promise<void> {
  const plugins = (await host.list()).flatMap(({ plugin }) => (plugin ? [plugin] : []));
  await revokeAll(host, scope, plugins, scope.blog);
}

async function revokeOf(host: PluginHost, scope: Scope, plugin: Plugin, blog: Blog | null): Promise<void> {
  const ways = Object.entries(plugin.connections ?? {}).filter(([, way]) => way.revoke);
  if (ways.length === 0) return;
  const stored = await storedValues(scope.storage, settingPlace(plugin.id, blog));
  const told = ways.flatMap(([setting, way]) =>
    storedConnections(stored[setting]).map((one) => tell(host, scope, { plugin, way, blog }, one as unknown as Json)),
  );
  await Promise.all(told);
}

type About = { readonly plugin: Plugin; readonly way: ConnectionWay; readonly blog: Blog | null };

async function tell(host: PluginHost, scope: Scope, { plugin, way, blog }: About, stored: Json): Promise<void> {
  const pluginId = plugin.id;
  try {
    const connection = (await openConnection(host.contexts.secrets, stored)) as unknown as Connection<Json> | undefined;
    if (!connection) return;
    const step = { scope, pluginId, blog, values: {} };
    await run({ host }, step, "revoke", (context) => way.revoke!(context, connection));
  } catch (error) {
    scope.log.warn(`“${pluginId}” could not tell a service that its tokens are erased`, { error: String(error) });
  }
}
