import type { Category } from "../../../core/hooks/values.ts";
import { isUlid } from "../../../core/ids.ts";
import { audit } from "../../../core/people/audit.ts";
import { latestFilterRun } from "../../../core/posts/filters/apply-filter.ts";
import {
  categoryById,
  changeCategory,
  deleteCategory,
  freeCategoryName,
  mergeCategories,
} from "../../../core/posts/filters/change-categories.ts";
import { filtersOf } from "../../../core/posts/filters/stored-filters.ts";
import { categoriesOf } from "../../../core/posts/read.ts";
import { byOf, refusalOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { conditionChoices, conditionRows, type ConditionRow } from "./conditions.ts";

/** What a category's page shows when something could not be done: what was typed, and why it was refused. */
export type Typed = {
  readonly name?: string;
  readonly description?: string;
  readonly match?: string;
  readonly rows?: readonly ConditionRow[];
  readonly errors?: Readonly<Record<string, string>>;
};

/** The category of an address with its blog. PublicError 404 when there is none. */
export async function categoryOf(request: AdminRequest): Promise<{ place: OnBlog; category: Category }> {
  const place = await onBlog(request, "blog.edit");
  const id = request.params.id ?? "";
  return { place, category: await categoryById(place.scope, place.scope.storage, isUlid(id) ? id : "") };
}

/** One category: its name, its filter, and what else can be done with it. */
export async function showOne(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  return categoryPage(request, place, category);
}

/** Gives a category another name and description. */
export async function change(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  const { scope } = place;
  const { fields } = await request.form();
  const text = { name: one(fields, "name"), description: one(fields, "description") };
  const refused = await refusalOf(() =>
    scope.storage.write(async (db) => {
      const { name, slug } = await changeCategory(scope, db, category.id, text);
      const detail = { before: category.name, slug };
      await audit(db, { action: "category.changed", subject: name, detail, ...byOf(place) }, scope.clock.now());
    }),
  );
  if (!refused) return request.redirect(place.at(`/categories/${category.id}`), request.t("categories.saved"));
  const free = refused.status === 409 ? await freeCategoryName(scope, text.name) : "";
  const hint = free === "" ? "" : ` ${request.t("categories.free", { name: free })}`;
  const field = refused.key === "category.description" ? "description" : "name";
  return categoryPage(request, place, category, { ...text, errors: { [field]: sentenceFor(request, refused) + hint } });
}

/** Asks before one category goes into another for good. */
export async function confirmMerge(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  const into = (await categoriesOf(place.scope)).find(({ id }) => id === request.query.get("into") && id !== category.id);
  if (!into) {
    const errors = { into: request.t("categories.choose") };
    return categoryPage(request, place, category, { errors });
  }
  const question = request.t("categories.merge-question", { from: category.name, into: into.name });
  return confirmation(request, place, { category, verb: "merge", question, fields: { into: into.id } });
}

/** Puts a category's posts into another and lets it go. */
export async function merge(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  const { scope } = place;
  const into = one((await request.form()).fields, "into");
  await scope.storage.write(async (db) => {
    await mergeCategories(scope, db, { from: category.id, into });
    const entry = { action: "category.merged", subject: category.name, detail: { into }, ...byOf(place) };
    await audit(db, entry, scope.clock.now());
  });
  return request.redirect(place.at(`/categories/${into}`), request.t("categories.merged", { name: category.name }));
}

/** Asks before a category goes. */
export async function confirmDelete(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  const question = request.t("categories.delete-question", { name: category.name });
  return confirmation(request, place, { category, verb: "delete", question, fields: {} });
}

/** Lets a category go; its posts stay. */
export async function erase(request: AdminRequest) {
  const { place, category } = await categoryOf(request);
  const { scope } = place;
  await scope.storage.write(async (db) => {
    await deleteCategory(scope, db, category.id);
    await audit(db, { action: "category.deleted", subject: category.name, ...byOf(place) }, scope.clock.now());
  });
  return request.redirect(place.at("/categories"), request.t("categories.deleted", { name: category.name }));
}

/** The page of one category. */
export async function categoryPage(request: AdminRequest, place: OnBlog, category: Category, typed: Typed = {}) {
  const { scope } = place;
  const [filters, run, all] = await Promise.all([filtersOf(scope), latestFilterRun(scope, category.id), categoriesOf(scope)]);
  const filter = filters.find(({ categoryId }) => categoryId === category.id) ?? null;
  const data = {
    category,
    values: { name: typed.name ?? category.name, description: typed.description ?? category.description },
    errors: typed.errors,
    match: typed.match ?? filter?.match ?? "all",
    rows: typed.rows ?? conditionRows(filter),
    choices: conditionChoices(request, typed.rows ?? conditionRows(filter)),
    hasFilter: filter !== null,
    run,
    isRunning: run?.state === "waiting" || run?.state === "running",
    percent: run && run.total > 0 ? Math.min(100, Math.round((100 * run.seen) / run.total)) : 0,
    others: all.filter(({ id }) => id !== category.id).map(({ id, name }) => ({ value: id, label: name })),
    at: place.at(`/categories/${category.id}`),
    url: `${place.blog.url}categories/${encodeURIComponent(category.slug)}`,
    zone: place.blog.timeZone,
  };
  return request.html("screens/categories/category", category.name, data, { blog: place.blog, status: typed.errors ? 422 : 200 });
}

type Question = { category: Category; verb: "merge" | "delete"; question: string; fields: Record<string, string> };

function confirmation(request: AdminRequest, place: OnBlog, { category, verb, question, fields }: Question) {
  const at = place.at(`/categories/${category.id}`);
  const data = { question, fields, verb, at, label: request.t(`categories.${verb}`) };
  return request.html("screens/categories/confirm", category.name, data, { blog: place.blog });
}
