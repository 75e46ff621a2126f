import { audit } from "../../../core/people/audit.ts";
import { addCategory, freeCategoryName } from "../../../core/posts/filters/change-categories.ts";
import { filtersOf } from "../../../core/posts/filters/stored-filters.ts";
import { categoriesOf } from "../../../core/posts/read.ts";
import { byOf, refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest, type AdminScreen } from "../../request.ts";
import { change, confirmDelete, confirmMerge, erase, merge, showOne } from "./category.ts";
import { applyFilter, saveFilter, stopFilter } from "./filter.ts";

/** Categories: the list, one of them, and what puts posts into it by itself. */
export const categoryScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/categories", access: "member", run: list },
  { method: "POST", path: "/b/:blog/categories", access: "member", run: add },
  { method: "GET", path: "/b/:blog/categories/:id", access: "member", run: showOne },
  { method: "POST", path: "/b/:blog/categories/:id", access: "member", run: change },
  { method: "POST", path: "/b/:blog/categories/:id/filter", access: "member", run: saveFilter },
  { method: "POST", path: "/b/:blog/categories/:id/filter/apply", access: "member", run: applyFilter },
  { method: "POST", path: "/b/:blog/categories/:id/filter/stop", access: "member", run: stopFilter },
  { method: "GET", path: "/b/:blog/categories/:id/merge", access: "member", run: confirmMerge },
  { method: "POST", path: "/b/:blog/categories/:id/merge", access: "member", run: merge },
  { method: "GET", path: "/b/:blog/categories/:id/delete", access: "member", run: confirmDelete },
  { method: "POST", path: "/b/:blog/categories/:id/delete", access: "member", run: erase },
];

async function list(request: AdminRequest) {
  return page(request, await onBlog(request, "blog.edit"), { name: "", description: "" });
}

async function add(request: AdminRequest) {
  const place = await onBlog(request, "blog.edit");
  const { scope } = place;
  const { fields } = await request.form();
  const text = { name: one(fields, "name"), description: one(fields, "description") };
  const refused = await refusalOf(() =>
    scope.storage.write(async (db) => {
      const { name, id } = await addCategory(scope, db, text);
      await audit(db, { action: "category.added", subject: name, detail: { id }, ...byOf(place) }, scope.clock.now());
    }),
  );
  if (!refused) return request.redirect(place.at("/categories"), request.t("categories.added", { name: text.name }));
  const free = refused.status === 409 ? await freeCategoryName(scope, text.name) : "";
  const hint = free === "" ? "" : ` ${request.t("categories.free", { name: free })}`;
  const field = refused.key === "category.description" ? "description" : "name";
  return page(request, place, text, { [field]: sentenceFor(request, refused) + hint });
}

async function page(request: AdminRequest, place: OnBlog, typed: object, errors?: Record<string, string>) {
  const filtered = new Set((await filtersOf(place.scope)).map(({ categoryId }) => categoryId));
  const categories = (await categoriesOf(place.scope)).map((category) => ({ ...category, hasFilter: filtered.has(category.id) }));
  const data = { categories, typed, errors, at: place.at("/categories"), url: place.blog.url };
  const options = { blog: place.blog, status: errors ? 422 : 200 };
  return request.html("screens/categories/list", request.t("categories.title"), data, options);
}
