import type { Post } from "../../../core/hooks/values.ts";
import { PublicError } from "../../../core/errors.ts";
import { isUlid } from "../../../core/ids.ts";
import { audit } from "../../../core/people/audit.ts";
import { freePageSlug } from "../../../core/posts/arrange-pages.ts";
import { slugify } from "../../../core/posts/permalink.ts";
import { publish } from "../../../core/posts/publish.ts";
import { postById } from "../../../core/posts/read.ts";
import { byOf } from "../../by.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { refusalFor, type AdminRequest } from "../../request.ts";

/** Where a page stands, to be changed. */
export async function showAddress(request: AdminRequest) {
  const { place, page } = await pageOf(request);
  return form(request, place, { page, slug: page.slug });
}

/** Gives a page another address; the old one leads there. One that is taken comes back with a free one. */
export async function changeAddress(request: AdminRequest) {
  const { place, page } = await pageOf(request);
  const { scope } = place;
  const wanted = one((await request.form()).fields, "slug").replace(/^\/+/, "");
  const slug = slugify(wanted);
  if (slug === "") return form(request, place, { page, slug: wanted, problem: request.t("pages.slug-empty") });
  const free = await freePageSlug(scope, slug, page.id);
  if (free !== slug) {
    const problem = request.t("pages.slug-taken", { path: `/${slug}`, free: `/${free}` });
    return form(request, place, { page, slug: free, problem });
  }
  if (slug !== page.slug) {
    const outcome = await publish(scope, { id: page.id, slug });
    if (!outcome.ok) return form(request, place, { page, slug, problem: refusalFor(request, outcome.refusal) });
    const entry = { action: "page.moved", subject: page.id, detail: { from: page.path, to: outcome.post.path } };
    await scope.storage.write((db) => audit(db, { ...entry, ...byOf(place) }, scope.clock.now()));
  }
  return request.redirect(place.at("/pages"), request.t("pages.address-saved", { path: `/${slug}` }));
}

async function form(request: AdminRequest, place: OnBlog, typed: { page: Post; slug: string; problem?: string }) {
  const { page, slug, problem } = typed;
  const data = {
    page,
    slug,
    errors: problem === undefined ? undefined : { slug: problem },
    base: place.blog.url,
    at: place.at(`/pages/${page.id}/address`),
    back: place.at("/pages"),
  };
  const title = request.t("pages.address-title", { title: page.title || page.path });
  return request.html("screens/pages/address", title, data, { blog: place.blog, status: problem === undefined ? 200 : 422 });
}

async function pageOf(request: AdminRequest): Promise<{ place: OnBlog; page: Post }> {
  const place = await onBlog(request, "blog.edit");
  const id = request.params.id ?? "";
  const page = isUlid(id) ? await postById(place.scope, id) : null;
  if (page?.kind !== "page" || page.status === "trash" || page.path === "")
    throw new PublicError("page.unknown", "This page is not there any more, or has no address yet.", 404);
  return { place, page };
}
