import type { OwnOrigins } from "../blogs/own-origins.ts";

const source = /\b(?:src|srcset|poster)=(?:"|&quot;)(https?:\/\/[^"&/\s?#]+)/g;
const player = /(?:<|&lt;)(?:audio|video)\b/;
const most = 100;

/**
 * Completes the policy of a page of the hub by what stands in it: pictures and players of blogs of this installation, which may have
 * domains of their own, and, where there are players of other sites, their sound and film. Pictures of other sites are never opened.
 */
export function withShownOrigins(policy: string, html: string | undefined, own: Pick<OwnOrigins, "isOwn">): string {
  if (!html) return policy;
  const origins = new Set<string>();
  for (const [, origin = ""] of html.matchAll(source)) origins.add(origin);
  const blogs = [...origins].filter((origin) => own.isOwn(origin)).slice(0, most);
  const hasStrangers = blogs.length < origins.size && player.test(html);
  return added(added(policy, "img-src", blogs), "media-src", hasStrangers ? [...blogs, "http:", "https:"] : blogs);
}

function added(policy: string, directive: string, sources: readonly string[]): string {
  return sources.length === 0 ? policy : policy.replace(`${directive} 'self'`, `${directive} 'self' ${sources.join(" ")}`);
}
