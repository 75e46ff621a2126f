import { storeOf, type Request } from "./bookmark-row.ts";

const each = 50;

/** Everything somebody highlighted, newest first. */
export async function highlightsPage(request: Request) {
  const { store, accountId } = storeOf(request);
  const before = request.query.get("before") ?? "";
  const found = await store.highlights(accountId, { ...(before && { before }), limit: each + 1 });
  const rows = found.slice(0, each).map((one) => ({
    ...one,
    title: one.title || one.url,
    at: `${request.at(`/bookmarks/${one.bookmarkId}`)}#h-${one.id}`,
  }));
  const action = request.at("/bookmarks/highlights");
  const older = found.length > each ? `${action}?before=${rows.at(-1)!.id}` : "";
  return { template: "highlights", data: { rows, older, action, back: request.at("/bookmarks") } };
}

/** Takes a highlight away. */
export async function removeOne(request: Request) {
  const { store, accountId } = storeOf(request);
  const { fields } = await request.form();
  await store.removeHighlight(accountId, fields.get("highlight") ?? "");
  return request.redirect("/bookmarks/highlights", request.context.t("highlight.gone"));
}
