import type { Json } from "../../../core/hooks/values.ts";
import { audit } from "../../../core/people/audit.ts";
import type { OnBlog } from "../../on-blog.ts";

/** Writes into the log what somebody did on a blog. */
export async function record(
  { scope, blog }: OnBlog,
  action: string,
  subject: string,
  detail: Readonly<Record<string, Json>> = {},
): Promise<void> {
  const by = { accountId: scope.principal.accountId, blogId: blog.id, via: "web", address: scope.address };
  await scope.storage.write((db) => audit(db, { action, subject, detail, ...by }, scope.clock.now()));
}
