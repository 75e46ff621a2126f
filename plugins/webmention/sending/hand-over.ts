import { PublicError } from "rookery/plugin";
import { spotOf } from "../receiving/target.ts";
import { submit } from "../receiving/submit.ts";
import type { Own } from "../settings.ts";
import type { Outcome } from "./deliver.ts";
import type { Sent } from "./sent.ts";

/**
 * Tells a post of this installation, without the network: this server may not reach itself by its own name, and must not ask
 * private addresses. Null for a target elsewhere.
 */
export async function handOver(context: Own, { source, target }: Sent): Promise<Outcome | null> {
  const blog = (await context.blogAt(target)) ?? (await spotOf(context, target))?.blogId;
  // Other pages of the installation, such as those of people, have no endpoint.
  if (!blog) return URL.parse(target)?.host === URL.parse(context.site.url)?.host ? { state: "none" } : null;
  let endpoint = "";
  try {
    const there = await context.as({ blog });
    endpoint = `${there.blog.url}webmention`;
    if (!there.settings.receive) return { state: "none" };
    const statusUrl = await submit(there, { source, target });
    return { state: "sent", endpoint, status: 201, statusUrl };
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    if (error.status === 403) return { state: "none" };
    if (error.status === 429) return { state: "later", endpoint, status: 429, after: Number(error.values.wait ?? 0) };
    return { state: "failed", endpoint, status: error.status, answer: error.message };
  }
}
