import type { Scope } from "../../hooks/scope.ts";
import type { Blog } from "../../hooks/values.ts";
import { tellFact } from "../../jobs/tell-facts.ts";
import type { Transaction } from "../../storage/storage.ts";
import { blogById } from "../blogs.ts";
import { useAsMain } from "../hosts.ts";

/** Makes a verified host the blog's address and tells plugins of the move (`blog.domainChanged`). PublicError as `useAsMain`. */
export async function moveHome(scope: Scope, db: Transaction, before: Blog, host: string): Promise<void> {
  await useAsMain(db, before.id, host, scope.clock.now());
  const blog = await blogById(scope.storage, before.id, scope.site);
  if (blog && blog.host !== before.host) await tellFact({ ...scope, blog }, db, "blog.domainChanged", { blog, before });
}
