import { personByUsername } from "../../../core/people/accounts.ts";
import { one } from "../../fields.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { listBlogs } from "./list.ts";
import { isAboutName, nameRefusal, newBlog } from "./new-blog.ts";

/** Makes a blog for somebody. */
export async function makeBlog(request: AdminRequest) {
  const { house, scope, t } = request;
  const { fields } = await request.form();
  const name = one(fields, "name").toLowerCase();
  const owner = await personByUsername(house.storage, one(fields, "username").replace(/^@/, ""));
  const errors: Record<string, string> = {};
  if (owner?.state !== "active") errors.username = t("people.nobody-so");
  const wrong = await nameRefusal(request, name);
  if (wrong) errors.name = wrong;
  if (owner?.state !== "active" || wrong) return listBlogs(request, { errors, sent: fields });
  try {
    const blog = await house.storage.write((db) => newBlog(request, db, owner, { name, title: one(fields, "title") }));
    await scope.taps.event({ ...scope, blog }, "blog.created", { blog });
    return request.redirect(`/admin/blogs/${blog.host}`, t("people.blog-made", { host: blog.host }));
  } catch (error) {
    if (!isAboutName(error)) throw error;
    return listBlogs(request, { errors: { name: sentenceFor(request, error) }, sent: fields });
  }
}
