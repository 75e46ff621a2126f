import type { PluginScreen } from "../../host/screens/plugin-screen.types.ts";
import type { Plugin } from "../../host/manifest.ts";
import type { TestResponse } from "../host/outgoing.ts";
import type { TestHost } from "../test-host.ts";
import { exampleAddress } from "./hostile-requests.ts";

/** What of a plugin cannot be shown: slots that cannot be drawn, pages and screens that do not answer. A sentence each. */
export async function brokenParts(host: TestHost, plugin: Plugin): Promise<string[]> {
  const broken: string[] = [];
  const post = await host.publish({ title: "Looked at", text: "Words" });
  for (const slot of Object.keys(plugin.slots ?? {}))
    for (const about of [post, undefined])
      await host.render(slot, about).catch((error: Error) => broken.push(`slot ${slot}: ${error.message}`));
  for (const { path } of plugin.pages ?? []) {
    const { status } = await host.get(exampleAddress(path));
    if (status !== 200 && status !== 404) broken.push(`page ${path} answers ${status}`);
  }
  for (const screen of screensToSee(plugin)) {
    const { status } = await ask(host, screen);
    if (status !== 200 && status !== 303) broken.push(`screen ${screen.path} answers ${status}`);
  }
  return broken;
}

/** Addresses of a plugin that still answer although it is off. */
export async function openAddresses(host: TestHost, plugin: Plugin): Promise<string[]> {
  const open: string[] = [];
  for (const { path } of plugin.pages ?? []) if ((await host.get(exampleAddress(path))).status !== 404) open.push(path);
  for (const route of plugin.routes ?? [])
    for (const on of [route.on].flat()) {
      const path = on === "admin" ? `/admin/x/${plugin.id}${exampleAddress(route.path)}` : exampleAddress(route.path);
      const { method } = route;
      // With a key more changes a minute are taken: a plugin may have a hundred addresses.
      const asked = { method, path, headers: { authorization: "Bearer none" } };
      const answer = on === "blog" ? await host.request(asked) : await (await host.as()).request(asked);
      if (![404, 405].includes(answer.status)) open.push(`${method} ${path} on ${on} answers ${answer.status}`);
    }
  for (const screen of screensToSee(plugin)) {
    const { status } = await ask(host, screen);
    if (status !== 404) open.push(`screen ${screen.path} answers ${status}`);
  }
  return open;
}

/** Where a screen is, its names filled in with its example. */
export function screenAddress(host: TestHost, screen: PluginScreen): string {
  const { query, path } = filled(screen);
  return `${screen.on === "blog" ? `/b/${host.blog.host}` : ""}${path}${query}`;
}

// Without an example for its names a screen cannot be opened by anybody who does not know the plugin; what stands in braces is an
// example of the installation in which all screens are looked at.
function screensToSee(plugin: Plugin): PluginScreen[] {
  return (plugin.screens ?? []).filter(({ method = "GET", path, example }) => {
    const isOfTown = Object.values(example ?? {}).some((value) => /^\{\w+\}$/.test(value));
    return method === "GET" && !isOfTown && (!/[:*]/.test(path) || example);
  });
}

async function ask(host: TestHost, screen: PluginScreen): Promise<TestResponse> {
  return (await host.as()).get(screenAddress(host, screen));
}

function filled({ path, example = {} }: PluginScreen): { path: string; query: string } {
  const names = new Set([...path.matchAll(/[:*](\w+)/g)].map((match) => match[1]!));
  const query = new URLSearchParams(Object.entries(example).filter(([name]) => !names.has(name))).toString();
  const at = path.replace(/[:*](\w+)/g, (_, name: string) => encodeURIComponent(example[name] ?? "x"));
  return { path: at, query: query && `?${query}` };
}
