import type { ExecutionContext } from "ava";
import { createTestHost, type TestBlog, type TestHost, type TestRequest } from "rookery/testing";
import type { Post } from "rookery/plugin";
import micropub from "./plugin.ts";

/** What an app may be let do. */
export const all = ["create", "update", "delete", "media"];

/** The post that was stored last. */
export const saved = (host: TestHost) => (host.events("post.saved").at(-1) as { post: Post }).post;
/** Properties of an entry. */
export type Properties = { [name: string]: unknown[] };

/** An installation with the plugin, and an app on it that may do everything, or what `scopes` says. */
export async function open(t: ExecutionContext, { scopes = all, blogs }: { scopes?: string[]; blogs?: TestBlog[] } = {}) {
  const plugins = [{ plugin: micropub, folder: import.meta.dirname }];
  const host = await createTestHost(t, { plugins, ...(blogs && { blogs }) });
  return client(host, await host.token({ scopes, blog: null }));
}

/** An app with a token. */
export function client(host: TestHost, token: string, at: Partial<TestRequest> = {}) {
  const headers = { authorization: `Bearer ${token}` };
  const send = (wanted: Omit<TestRequest, "path"> & { path?: string }) =>
    host.request({ path: "/micropub", ...at, ...wanted, headers: { ...headers, ...wanted.headers } });
  const source = async (url: string) => {
    const answer = await send({ path: `/micropub?q=source&url=${encodeURIComponent(url)}` });
    return answer.json() as { type: string[]; properties: Properties };
  };
  const make = async (properties: object, more: object = {}) => {
    const answer = await send({ json: { type: ["h-entry"], properties, ...more } });
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
    return answer.headers.location!;
  };
  return { host, token, send, source, make };
}

/** A PNG of one dot. */
export const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
