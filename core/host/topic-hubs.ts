import type { Scope } from "../hooks/scope.ts";
import type { Reply } from "../hooks/values.ts";

/**
 * An answer that names itself by `rel="self"` is a topic of WebSub (§4): the hubs that plugins know of it are named beside, unless the
 * plugin that made it did so.
 */
export async function withTopicHubs(scope: Scope, reply: Reply): Promise<Reply> {
  const link = Object.entries(reply.headers ?? {}).find(([name]) => name.toLowerCase() === "link");
  const url = link && /<([^<>]+)>\s*;\s*rel="?self"?/i.exec(link[1])?.[1];
  if (!link || !url || (reply.status ?? 200) !== 200 || /rel="?hub\b/i.test(link[1]) || !scope.blog) return reply;
  const hubs = await scope.taps.collect(scope, "topics.hubs", { url });
  if (hubs.length === 0) return reply;
  const named = hubs.filter((hub) => URL.canParse(hub)).map((hub) => `<${new URL(hub).href}>; rel="hub"`);
  return { ...reply, headers: { ...reply.headers, [link[0]]: [...named, link[1]].join(", ") } };
}
