import type { Reply, RouteRequest } from "rookery/plugin";
import { needScope, type Caller } from "../caller.ts";
import { firstText, objectOf, textOf } from "../entry/mf2.ts";
import { forbidden, invalid } from "../problem.ts";
import type { Wish } from "../read/wish.ts";

/** The service `replies.store`, as far as it is used here: what a person answered, where no blog is. */
type Replies = {
  byUrl(url: string): Promise<{ readonly accountId: string } | null>;
  edit(accountId: string, which: string, text: string): Promise<unknown>;
  remove(accountId: string, which: string): Promise<unknown>;
};

const kind = "replies.store" as never;
const done: Reply = { status: 200, json: {}, headers: { "cache-control": "no-store" } };

/** Changes or removes a reply by the address of its page on the installation; null when the request is about something else. */
export async function changeReply({ context }: RouteRequest, caller: Caller, wish: Wish): Promise<Reply | null> {
  const { action, url, change } = wish;
  if (!url || (action !== "update" && action !== "delete")) return null;
  if (URL.parse(url)?.host !== URL.parse(context.site.url)?.host) return null;
  const found = context.services(kind)[0] as { readonly pluginId: string } | undefined;
  if (!found) return null;
  const ask = <T>(question: (service: Replies) => Promise<T>) =>
    context.ask(kind, found.pluginId, (service) => question(service as Replies), 10_000);
  const reply = await ask((service) => service.byUrl(url));
  if (!reply) return null;
  // A key for one blog is a key of its person all the same, who answers with it: most keys that people make are for one.
  const { accountId } = caller.token;
  if (reply.accountId !== accountId) throw forbidden("This reply is somebody else's.");
  needScope(caller, action);
  if (action === "delete") await ask((service) => service.remove(accountId, url));
  else {
    const [content] = change!.replace.content ?? [];
    const text = firstText(change!.replace.content) ?? textOf(objectOf(content ?? null)?.html);
    if (text === undefined) throw invalid("Of a reply only the content can be replaced.");
    await ask((service) => service.edit(accountId, url, text));
  }
  return done;
}
