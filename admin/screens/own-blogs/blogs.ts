import { blogsOf, roleOn } from "../../../core/blogs/memberships.ts";
import { removeMember } from "../../../core/blogs/ownership.ts";
import { PublicError } from "../../../core/errors.ts";
import { personById } from "../../../core/people/accounts.ts";
import { blogsOwnedBy, type ListedBlog } from "../../../core/residents/directory/find-blogs.ts";
import { signUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import { recallBlog } from "../../../core/residents/standing/blog-standing.ts";
import { standingOf } from "../../../core/residents/standing/standing.ts";
import { one } from "../../fields.ts";
import { sentenceFor, signedIn, type AdminRequest } from "../../request.ts";
import { isAboutName, nameRefusal, newBlog } from "../blogs/new-blog.ts";
import { noteAct } from "../people/audited.ts";

type State = { readonly errors?: Readonly<Record<string, string>>; readonly sent?: URLSearchParams };

/** One's own blogs in every state, others' one writes on, and the form for a further one where that is allowed. */
export async function showOwnBlogs(request: AdminRequest, state: State = {}) {
  const { house, t } = request;
  const { storage, site } = house;
  const account = signedIn(request);
  const owned = await blogsOwnedBy(storage, site, account.id);
  const all = await blogsOf(storage, account.id, site);
  const data = {
    owned: await Promise.all(owned.map((entry) => withStanding(request, entry))),
    others: all.filter(({ role }) => role !== "owner"),
    mayMake: await mayMake(request, owned),
    hubHost: new URL(site.url).hostname,
    typed: Object.fromEntries(state.sent ?? []),
    errors: state.errors,
  };
  return request.html("screens/own-blogs/blogs", t("people.own-blogs"), data, { status: state.errors ? 422 : 200 });
}

/** Makes a further blog for oneself. */
export async function makeOwnBlog(request: AdminRequest) {
  const { house, scope, t } = request;
  const { fields } = await request.form();
  const person = (await personById(house.storage, signedIn(request).id))!;
  const [name, title] = [one(fields, "name").toLowerCase(), one(fields, "title")];
  const wrong = await nameRefusal(request, name);
  if (wrong) return showOwnBlogs(request, { errors: { name: wrong }, sent: fields });
  try {
    const blog = await house.storage.write(async (db) => {
      const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
      // Counted under the person's own lock: two forms at the same moment make no more than the rules allow.
      await db.query(`SELECT id FROM accounts WHERE id = ?${lock}`, [person.id]);
      if (!(await mayMake(request, await blogsOwnedBy(house.storage, house.site, person.id))))
        throw new PublicError("blog.enough", t("people.enough-blogs"), 409);
      return newBlog(request, db, person, { name, title });
    });
    await scope.taps.event({ ...scope, blog }, "blog.created", { blog });
    return request.redirect(`/b/${blog.host}/settings`, t("people.blog-made", { host: blog.host }));
  } catch (error) {
    if (!isAboutName(error) && !(error instanceof PublicError && error.key === "blog.enough")) throw error;
    return showOwnBlogs(request, { errors: { name: sentenceFor(request, error) }, sent: fields });
  }
}

/** Calls a blog back that one deleted. */
export async function bringBack(request: AdminRequest) {
  const { house, scope, t, params } = request;
  const owned = await blogsOwnedBy(house.storage, house.site, signedIn(request).id);
  const found = owned.find(({ blog }) => blog.host === params.blog);
  if (!found || !(await withStanding(request, found)).isCallable) throw unknown();
  await house.storage.write((db) => recallBlog(scope, db, found.blog));
  return request.redirect("/account/blogs", t("people.blog-recalled", { host: found.blog.host }));
}

/** Gives one's role on another's blog up. */
export async function leaveBlog(request: AdminRequest) {
  const { house, scope, t, params } = request;
  const { id, username } = signedIn(request);
  const found = (await request.blogs()).find(({ blog }) => blog.host === params.blog)?.blog;
  if (!found) throw unknown();
  await house.storage.write(async (db) => {
    await removeMember(db, found.id, id, scope.clock.now());
    await noteAct(request, db, { action: "role.removed", subject: username, blogId: found.id });
  });
  return request.redirect("/account/blogs", t("people.left", { host: found.host }));
}

// What an operator took away is the operator's to give back; what went along with an account comes back with it.
async function withStanding({ house }: AdminRequest, entry: ListedBlog) {
  const standing = await standingOf(house.storage, ["blog", entry.blog.id]);
  const by = standing?.accountId ? await roleOn(house.storage, entry.blog.id, standing.accountId) : null;
  return { ...entry, standing, isCallable: entry.state === "deleted" && by === "owner" && standing?.causeId === null };
}

async function mayMake(request: AdminRequest, owned: readonly ListedBlog[]): Promise<boolean> {
  const account = signedIn(request);
  if (account.role === "admin") return true;
  const { blogsEach } = await signUpRules(request.house.storage);
  return owned.filter(({ blog }) => blog.ownerId === account.id).length < blogsEach;
}

const unknown = () => new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);
