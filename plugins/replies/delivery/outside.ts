import { addressOf, hubOf, type Own } from "../own.ts";
import type { ReplyRow } from "../rows/reply-row.ts";

/** The service `webmention.sender`, as far as it is used here. */
type Sender = { send(told: { readonly source: string; readonly target: string }): Promise<void> };

const sender = "webmention.sender" as never;

/** Tells the page elsewhere that a reply answers, of the reply, its change or its end; nothing where no plugin sends webmentions. */
export async function tellOutside(context: Own, row: ReplyRow): Promise<void> {
  const target = row.targetUrl;
  if (!/^https?:\/\//.test(target) || target.startsWith(`${hubOf(context)}/`) || row.targetBlog !== "") return;
  const found = context.services(sender)[0] as { readonly pluginId: string } | undefined;
  if (!found) return;
  const source = addressOf(context, row.id);
  await context.ask(sender, found.pluginId, (service) => (service as Sender).send({ source, target }));
}
