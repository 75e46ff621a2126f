import { audit } from "../../../core/people/audit.ts";
import { cancelFilterRun, startFilterRun } from "../../../core/posts/filters/apply-filter.ts";
import { filterFrom } from "../../../core/posts/filters/category-filter.ts";
import { keepFilter } from "../../../core/posts/filters/stored-filters.ts";
import { byOf, refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { categoryOf, categoryPage } from "./category.ts";
import { sentRows, typedConditions, withEmptyRows } from "./conditions.ts";

/** Keeps what puts new posts into a category; without conditions nothing does any more. */
export async function saveFilter(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  const { scope } = place;
  const { fields } = await request.form();
  const match = one(fields, "match");
  const rows = sentRows(fields);
  let isEmpty = false;
  const refused = await refusalOf(async () => {
    const filter = filterFrom(match, typedConditions(rows));
    isEmpty = filter === null;
    await scope.storage.write(async (db) => {
      await keepFilter(scope, db, category.id, filter);
      await scope.touch(db, place.blog.id);
      const detail = { conditions: filter?.conditions.length ?? 0 };
      await audit(db, { action: "category.filter", subject: category.name, detail, ...byOf(place) }, scope.clock.now());
    });
  });
  if (refused) {
    const errors = { "is-0": sentenceFor(request, refused) };
    return categoryPage(request, place, category, { match, rows: withEmptyRows(rows), errors });
  }
  const said = request.t(isEmpty ? "categories.filter-removed" : "categories.filter-saved");
  return request.redirect(place.at(`/categories/${category.id}`), said);
}

/** Has the filter look at the posts that are there. */
export async function applyFilter(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  const { scope } = place;
  await startFilterRun(scope, category.id);
  const entry = { action: "category.filter-applied", subject: category.name, ...byOf(place) };
  await scope.storage.write((db) => audit(db, entry, scope.clock.now()));
  return request.redirect(place.at(`/categories/${category.id}`), request.t("categories.applying"));
}

/** Stops that. */
export async function stopFilter(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  const { scope } = place;
  const isStopped = await cancelFilterRun(scope, category.id);
  const entry = { action: "category.filter-stopped", subject: category.name, ...byOf(place) };
  if (isStopped) await scope.storage.write((db) => audit(db, entry, scope.clock.now()));
  return request.redirect(
    place.at(`/categories/${category.id}`),
    request.t(isStopped ? "categories.stopped" : "categories.not-running"),
  );
}
