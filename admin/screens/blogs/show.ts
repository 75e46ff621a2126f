import { PublicError } from "../../../core/errors.ts";
import { personById } from "../../../core/people/accounts.ts";
import { mailLater } from "../../../core/people/mail/mail-later.ts";
import { listedBlog, type ListedBlog } from "../../../core/residents/directory/find-blogs.ts";
import { deleteBlog, recallBlog, restoreBlog, suspendBlog } from "../../../core/residents/standing/blog-standing.ts";
import { standingOf } from "../../../core/residents/standing/standing.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import { one } from "../../fields.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";

type State = { readonly errors?: Readonly<Record<string, string>>; readonly sent?: URLSearchParams };

/** One blog: its people, what it takes up, why it is off the air. */
export async function showBlog(request: AdminRequest, state: State = {}) {
  const { storage } = request.house;
  const one = await blogOf(request);
  const people = await storage.query(
    "SELECT a.username, a.name, m.role FROM memberships m JOIN accounts a ON a.id = m.account_id WHERE m.blog_id = ? ORDER BY m.created_at LIMIT 200",
    [one.blog.id],
  );
  const data = {
    one,
    people,
    standing: one.state === "active" ? null : await standingOf(storage, ["blog", one.blog.id]),
    isAdmin: signedIn(request).role === "admin",
    reason: state.sent?.get("reason") ?? "",
    typed: state.sent?.get("typed") ?? "",
    errors: state.errors,
  };
  return request.html("screens/blogs/show", one.blog.title, data, { status: state.errors ? 422 : 200 });
}

/** Takes a blog off the air, with a reason that its owner reads too. */
export async function suspend(request: AdminRequest) {
  const { house, scope, t } = request;
  const { fields } = await request.form();
  const reason = one(fields, "reason");
  if (reason === "") return showBlog(request, { errors: { reason: t("people.reason-missing") }, sent: fields });
  return attempt(request, { field: "reason", done: "people.blog-suspended" }, async (db, { blog }) => {
    await suspendBlog(scope, db, { ...blog, reason });
    const owner = await personById(house.storage, blog.ownerId);
    if (!owner?.email) return;
    const values = { name: owner.name, blog: blog.title, address: blog.url, reason };
    await mailLater(house, db, { to: owner.email, template: "blog-suspended", language: owner.language, values });
  });
}

/** Puts it on the air again. */
export function restore(request: AdminRequest) {
  return attempt(request, { field: "restore", done: "people.blog-restored" }, (db, { blog }) =>
    restoreBlog(request.scope, db, blog),
  );
}

/** Deletes it: its name has to be typed, and 30 days are left to call it back. */
export async function eraseBlogLater(request: AdminRequest) {
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { fields } = await request.form();
  const { blog } = await blogOf(request);
  if (one(fields, "typed").toLowerCase() !== blog.host)
    return showBlog(request, { errors: { typed: request.t("people.typed-wrong", { name: blog.host }) }, sent: fields });
  return attempt(request, { field: "typed", done: "people.blog-deleted" }, (db) => deleteBlog(request.scope, db, blog));
}

/** Calls a deleted one back. */
export function recall(request: AdminRequest) {
  return attempt(request, { field: "restore", done: "people.blog-recalled" }, (db, { blog }) =>
    recallBlog(request.scope, db, blog),
  );
}

async function attempt(
  request: AdminRequest,
  { field, done }: { field: string; done: string },
  work: (db: Transaction, one: ListedBlog) => Promise<void>,
) {
  const listed = await blogOf(request);
  const { host } = listed.blog;
  try {
    await request.house.storage.write((db) => work(db, listed));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return showBlog(request, { errors: { [field]: sentenceFor(request, error) }, sent: (await request.form()).fields });
  }
  return request.redirect(`/admin/blogs/${host}`, request.t(done, { host }));
}

async function blogOf({ house, params }: AdminRequest): Promise<ListedBlog> {
  const found = await listedBlog(house.storage, house.site, params.blog ?? "");
  if (!found) throw new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);
  return found;
}
