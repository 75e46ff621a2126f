import { PublicError } from "rookery/plugin";
import { highlightsOf } from "../highlights.ts";
import { withPassages } from "../passages.ts";
import { rowOf, sentenceOf, storeOf, type Request } from "./bookmark-row.ts";

/** A bookmark with its copy to read, and what was highlighted in it. */
export async function readPage(request: Request, back: { quote?: string; error?: string } = {}) {
  const { context, at, params } = request;
  const { store, accountId } = storeOf(request);
  // Apps link to a bookmark by its number.
  const numbered = /^\d{1,10}$/.test(params.id ?? "") ? await context.numbers.subject(Number(params.id)) : null;
  const mark = await store.byId(accountId, numbered?.id ?? params.id ?? "");
  if (!mark) throw new PublicError("no-bookmark", "There is no such bookmark.", 404);
  const copy = await store.copyOf(accountId, mark.id);
  const marked = await highlightsOf(context, accountId, { bookmarkId: mark.id, limit: 200 });
  const html = copy && withPassages(copy.html, marked, (number) => `h-${marked[number]!.id}`);
  const data = {
    ...rowOf(mark, request),
    tagText: mark.tags.join(", "),
    state: mark.copy.state,
    why: mark.copy.reason === "" ? "" : context.t(`reason.${mark.copy.reason}`),
    reader: copy && { ...copy, html },
    highlights: marked.map(({ id, quote }) => ({ id, quote, isThere: html?.includes(`id="h-${id}"`) ?? false })),
    action: at(`/bookmarks/${mark.id}`),
    back: at("/bookmarks"),
    quote: back.quote ?? "",
    error: back.error ?? "",
  };
  return { template: "reader", title: mark.title || mark.url, data, status: back.error ? 422 : 200 };
}

/** What the buttons of a bookmark do. */
export async function changeOne(request: Request) {
  const { context, redirect, params } = request;
  const { store, accountId } = storeOf(request);
  const id = params.id ?? "";
  const here = `/bookmarks/${id}`;
  const { fields } = await request.form();
  switch (fields.get("intent")) {
    case "tags":
      await store.setTags(accountId, id, [fields.get("tags") ?? ""]);
      return redirect(here, context.t("reader.tags-kept"));
    case "fetch":
      await store.refetch(accountId, id);
      return redirect(here, context.t("reader.fetching"));
    case "quote":
      return quote(request, id, { quote: fields.get("quote") ?? "", lead: fields.get("lead") ?? "" });
    case "unquote":
      await store.removeHighlight(accountId, fields.get("highlight") ?? "");
      return redirect(here, context.t("highlight.gone"));
    case "delete":
      await store.remove(accountId, id);
      return redirect("/bookmarks", context.t("reader.gone"));
    default:
      throw new PublicError("no-intent", "This button is not known here.", 400);
  }
}

async function quote(request: Request, id: string, passage: { quote: string; lead: string }) {
  const { store, accountId } = storeOf(request);
  try {
    const made = await store.highlight(accountId, id, passage);
    return request.redirect(`/bookmarks/${id}#h-${made.id}`, request.context.t("highlight.made"));
  } catch (error) {
    return readPage(request, { quote: passage.quote, error: sentenceOf(error, request) });
  }
}
