import { hostsOf } from "../../../core/blogs/hosts.ts";
import type { Generation } from "../../../core/host/generation.ts";
import type { RedirectRules } from "../../../core/posts/redirects/redirect-target.ts";
import type { OnBlog } from "../../on-blog.ts";

/** Which hosts are the blog, and which paths its plugins answer. */
export async function rulesFor({ scope, blog }: Pick<OnBlog, "scope" | "blog">): Promise<RedirectRules> {
  const hosts = new Set((await hostsOf(scope.storage, blog.id)).map(({ host }) => host));
  const generation = scope.taps as Generation;
  const isActive = (plugin: { id: string }) => generation.isActive(plugin.id, blog);
  return { hosts, isReserved: (path) => Boolean(generation.routes.match("blog", "GET", path, isActive as never)) };
}
