import { PublicError } from "../core/errors.ts";
import type { OnBlog } from "./on-blog.ts";

/** Who does something on a blog, for the log. */
export function byOf({ scope, blog }: Pick<OnBlog, "scope" | "blog">) {
  return { accountId: scope.principal.accountId, blogId: blog.id, via: "web", address: scope.address };
}

/** What a form's author can put right (409, 422), when that is why the work failed; null when it is done. */
export async function refusalOf(work: () => Promise<unknown>): Promise<PublicError | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof PublicError && (error.status === 422 || error.status === 409)) return error;
    throw error;
  }
}
