import type { Blog } from "rookery/plugin";
import type { Own } from "../settings.ts";

/** The blog of this host, or address, among those somebody writes on; null for none. */
export async function blogAmong({ identity }: Own, accountId: string, host: string): Promise<Blog | null> {
  const wanted = host.toLowerCase();
  const found = (await identity.blogsOf(accountId)).find(({ blog }) => blog.host === wanted || blog.id === host);
  return found?.blog ?? null;
}
