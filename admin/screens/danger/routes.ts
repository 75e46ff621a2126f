import { PublicError } from "../../../core/errors.ts";
import { deleteBlog } from "../../../core/residents/standing/blog-standing.ts";
import { one } from "../../fields.ts";
import { onBlog, type OnBlog } from "../../on-blog.ts";
import { requireFresh } from "../../require-fresh.ts";
import { partPage } from "../settings/section.ts";
import { sentenceFor, type AdminRequest, type AdminScreen } from "../../request.ts";

/** What cannot be done lightly to a blog: deleting it. */
export const dangerScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/settings/danger", access: "member", run: async (request) => page(request, await at(request)) },
  { method: "POST", path: "/b/:blog/settings/danger", access: "member", run: remove },
];

const at = (request: AdminRequest) => onBlog(request, "blog.manage");

async function remove(request: AdminRequest) {
  const place = await at(request);
  const { blog, scope, t } = place;
  const ask = await requireFresh(request);
  if (ask) return ask;
  const { fields } = await request.form();
  const typed = one(fields, "typed");
  if (typed.toLowerCase() !== blog.host)
    return page(request, place, { typed, error: t("people.typed-wrong", { name: blog.host }) });
  try {
    await scope.storage.write((db) => deleteBlog(scope, db, blog));
  } catch (error) {
    if (!(error instanceof PublicError)) throw error;
    return page(request, place, { typed, error: sentenceFor(request, error) });
  }
  return request.redirect("/account/blogs", t("people.blog-deleted", { host: blog.host }));
}

function page(request: AdminRequest, place: OnBlog, sent: { typed: string; error?: string } = { typed: "" }) {
  const part = { view: "screens/danger/danger", title: place.t("people.danger"), at: place.at("/settings/danger") };
  const errors = sent.error === undefined ? {} : { errors: { typed: sent.error } };
  return partPage(request, place, { ...part, data: { typed: sent.typed }, ...errors });
}
