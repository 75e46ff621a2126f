import type { Item, ItemPage } from "../api.ts";
import { sourcesById, type StoredSource } from "../sources.ts";
import { menuOf } from "./menu.ts";
import { personAt, type Request } from "./request.ts";

/** A list as templates draw it, with the address of what is older. */
export async function listOf(request: Request, path: string, { items, next }: ItemPage) {
  return {
    rows: await rowsOf(request, items),
    older: next === null ? null : `${request.at(path)}?before=${next}`,
  };
}

/** Items as lists draw them. */
export async function rowsOf(request: Request, items: readonly Item[]) {
  const answered = await sourcesById(
    request.context,
    items.map(({ replySourceId }) => replySourceId),
  );
  return Promise.all(items.map((item) => rowOf(request, item, answered.get(item.replySourceId))));
}

async function rowOf(request: Request, item: Item, answered: StoredSource | undefined) {
  const { at, context } = request;
  const { author, number, url, title, language, at: saidAt } = item;
  const name = author.name || author.handle;
  return {
    number,
    url,
    html: context.images.inHtml(item.html.replaceAll("<img ", '<img loading="lazy" ')),
    title,
    language,
    saidAt,
    replyTo: answered && !answered.isAway ? answered.title : "",
    // Feeds and blogs are known by their host.
    isPerson: author.handle !== "" && !author.handle.includes("."),
    conversation: item.isConversation ? at(`/c/${number}`) : null,
    ...(await menuOf(request, item)),
    author: {
      ...author,
      avatar: context.images.face(author.avatar),
      name,
      // What stands where there is no picture.
      letter: [...name.replace(/[^\p{L}\p{N}]/gu, "")][0]?.toUpperCase() ?? "·",
      at: author.sourceId === "" ? author.url : personAt(at, author.handle),
    },
  };
}
