import { addressOf, type Own } from "../own.ts";
import { rowByUrl } from "../rows/find.ts";
import { urlOf } from "../rows/reply-row.ts";
import { isHeard, standingOf } from "./standing.ts";

/** Where answers from elsewhere to the page of a reply belong: under the post it answers, below itself. Null for a page that others cannot see. */
export async function spotOf(context: () => Own, url: string) {
  const hub = await context().as({ blog: null });
  const row = url.startsWith(addressOf(hub, "")) ? await rowByUrl(hub, url) : null;
  if (!row || row.state !== "sent" || row.targetBlog === "") return null;
  if ((await standingOf(hub, row)) !== "shown" || !(await isHeard(hub, row.accountId))) return null;
  return { blogId: row.targetBlog, postId: row.targetPost, parentSource: urlOf(hub, row) };
}

/** The service `webmention.receiver`, as far as it is used here. */
type Receiver = { endpointOf(blogId: string): Promise<string> };
const receiver = "webmention.receiver" as never;

/** Where sites elsewhere tell of answers to such a page; empty where nothing takes them. */
export async function endpointAt(context: Own, blogId: string): Promise<string> {
  const found = blogId === "" ? undefined : (context.services(receiver)[0] as { readonly pluginId: string } | undefined);
  return found ? context.ask(receiver, found.pluginId, (service) => (service as Receiver).endpointOf(blogId)) : "";
}
