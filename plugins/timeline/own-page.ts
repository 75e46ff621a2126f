import type { HeadTag } from "rookery/plugin";
import type { Own } from "./settings.ts";

/** Says on a blog's home that the page of its owner here is the same person's (rel=me); that page says so of the blog. */
export async function ownPageLink(context: Own, pageType: string): Promise<readonly HeadTag[]> {
  if (pageType !== "home" || !context.settings.publicPages) return [];
  const owner = await context.accounts.byId(context.blog.ownerId);
  if (!owner) return [];
  return [{ tag: "link", attributes: { rel: "me", href: `${context.site.url}/people/${owner.username}` } }];
}
