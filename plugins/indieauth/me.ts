import type { Blog } from "rookery/plugin";
import type { OwnContext } from "./own-context.ts";

/** The blog that somebody is known by to an app: the one they chose, else their first. Null when they do not write on it any more. */
export async function blogFor(
  context: OwnContext,
  accountId: string,
  blogId: string | null,
): Promise<{ blog: Blog; isOwner: boolean } | null> {
  const all = await context.identity.blogsOf(accountId);
  const found =
    blogId === null ? (all.find(({ role }) => role === "owner") ?? all[0]) : all.find(({ blog }) => blog.id === blogId);
  return found ? { blog: found.blog, isOwner: found.role === "owner" } : null;
}
