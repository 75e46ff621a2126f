import type { Scope } from "../hooks/scope.ts";
import type { Reply } from "../hooks/values.ts";
import type { Generation } from "./generation.ts";
import type { HostServices } from "./host-services.ts";
import { runRoute } from "./run-route.ts";

/**
 * What an address on the scope's blog, a plugin's or a page in its theme, answers to somebody nobody knows: made here, without the
 * network, so that it works behind any proxy. Null where nothing is.
 */
export async function publicAnswer(scope: Scope, services: Pick<HostServices, "page">, path: string): Promise<Reply | null> {
  const url = URL.parse(path, scope.blog?.url);
  if (!scope.blog || !url || url.origin !== new URL(scope.blog.url).origin) return null;
  const generation = scope.taps as Generation;
  const match = generation.routes.match("blog", "GET", url.pathname, (plugin) => generation.isActive(plugin.id, scope.blog));
  const nobody = { ...scope, principal: { accountId: null, role: "nobody" as const, scopes: null } };
  if (!match) {
    const page = await services.page(nobody, url);
    return page.status === 404 ? null : page;
  }
  return runRoute(nobody, generation, match, {
    method: "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: {},
    accountId: null,
    url: url.href,
    body: async () => new Uint8Array(),
    multipart: async () => ({ fields: new URLSearchParams(), files: [], cleanUp: async () => undefined }),
  });
}
