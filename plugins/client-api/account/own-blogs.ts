import type { Blog } from "rookery/plugin";
import type { Own } from "../settings.ts";

/** The blog of this host (with a port or not), or of this id, among those somebody writes on; null for none. */
export async function blogAmong({ identity }: Own, accountId: string, host: string): Promise<Blog | null> {
  const wanted = host.toLowerCase().replace(/:\d{1,5}$/, "");
  const found = (await identity.blogsOf(accountId)).find(({ blog }) => blog.host === wanted || blog.id === host);
  return found?.blog ?? null;
}
