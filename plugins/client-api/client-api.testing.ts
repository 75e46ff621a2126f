import type { ExecutionContext } from "ava";
import { createTestHost, type TestHost, type TestHostOptions } from "rookery/testing";
import timeline from "../timeline/plugin.ts";
import clientApi from "./plugin.ts";
import { everything } from "./wire/scopes.ts";

const pluginFolder = (id: string) => new URL(`../${id}`, import.meta.url).pathname;

/** An installation with the timeline and the API, three people with a blog each, and a way to ask as one of them. */
export async function open(t: ExecutionContext, more: Partial<TestHostOptions> = {}) {
  const host = await createTestHost(t, {
    blogs: [
      { host: "kim.example", owner: "kim" },
      { host: "lee.example", owner: "lee" },
      { host: "ana.example", owner: "ana" },
    ],
    ...more,
    plugins: [
      { plugin: timeline, folder: pluginFolder("timeline") },
      { plugin: clientApi, folder: import.meta.dirname },
      ...(more.plugins ?? []),
    ],
  } as TestHostOptions);
  const [kim, lee, ana] = [await host.person("kim"), await host.person("lee"), await host.person("ana")];
  return { host, kim, lee, ana, ...asking(host) };
}

/** Ways to ask the hub's API: `as` somebody with a key for everything, or as nobody. */
export function asking(host: TestHost) {
  const ask = async (line: string, { key, ...more }: { key?: string; form?: object; json?: unknown; headers?: object } = {}) => {
    const [method, path] = line.split(" ") as [string, string];
    const headers = { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...more.headers };
    return host.request({ ...more, method, path, host: "hub.example", headers } as never);
  };
  return { ask, keyOf: (account: object) => host.token({ scopes: everything, account, blog: null } as never) };
}
