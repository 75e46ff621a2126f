import type { Context, Reply } from "rookery/plugin";

/** A topic as it is now. */
export type Rendered = { readonly type: string; readonly body: string };

/**
 * Renders a topic of the context's blog: its home page, and any public address of a plugin that names itself as `rel="self"` by exactly this address.
 * Null when there is no such topic (any more). Throws when it cannot be made just now.
 */
export async function renderTopic(context: Pick<Context, "visit">, topic: string): Promise<Rendered | null> {
  const reply = await context.visit(topic);
  if (!reply) return null;
  const status = reply.status ?? 200;
  if (status >= 500) throw new Error(`The feed ${topic} answers ${status}`);
  if (status !== 200 || !isSelf(reply, topic)) return null;
  const { body, type } = contentOf(reply);
  return { body, type: headerOf(reply, "content-type") ?? type };
}

function isSelf(reply: Reply, topic: string): boolean {
  const self = /<([^<>]+)>\s*;\s*rel="?self"?/i.exec(headerOf(reply, "link") ?? "");
  return self?.[1] === topic;
}

function headerOf({ headers }: Reply, wanted: string): string | undefined {
  return Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === wanted)?.[1];
}

function contentOf({ text, json, html, bytes }: Reply): { body: string; type: string } {
  if (json !== undefined) return { body: JSON.stringify(json), type: "application/json" };
  if (html !== undefined) return { body: html, type: "text/html; charset=utf-8" };
  if (bytes !== undefined) return { body: Buffer.from(bytes).toString("utf8"), type: "application/octet-stream" };
  return { body: text ?? "", type: "text/plain; charset=utf-8" };
}
