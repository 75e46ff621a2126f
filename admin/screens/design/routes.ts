import { changeBlog } from "../../../core/blogs/blogs.ts";
import { PublicError } from "../../../core/errors.ts";
import { audit } from "../../../core/people/audit.ts";
import { one } from "../../fields.ts";
import { onBlog } from "../../on-blog.ts";
import { themeCards } from "../../house.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";

/** The look of a blog. */
export const designScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/design", access: "member", run: show },
  { method: "POST", path: "/b/:blog/design", access: "member", run: choose },
];

async function show(request: AdminRequest) {
  const { blog } = await onBlog(request, "blog.edit");
  const themes = themeCards(request.house, request.language).map(({ id, name, version, description }) => ({
    value: id,
    label: `${name} ${version}`,
    hint: description,
  }));
  return request.html("screens/design/design", request.t("design.title"), { themes, theme: blog.theme }, { blog });
}

async function choose(request: AdminRequest) {
  const { blog, scope, at } = await onBlog(request, "blog.edit");
  const theme = one((await request.form()).fields, "theme");
  const found = themeCards(request.house, request.language).find((one) => one.id === theme);
  if (!found) throw new PublicError("design.unknown", request.t("design.unknown"), 422);
  await scope.storage.write(async (db) => {
    await changeBlog(db, blog.id, { theme }, scope.clock.now());
    await scope.touch(db, blog.id);
    const by = { accountId: scope.principal.accountId, blogId: blog.id, via: "web", address: scope.address };
    await audit(db, { action: "theme.chosen", subject: theme, detail: { before: blog.theme }, ...by }, scope.clock.now());
  });
  return request.redirect(at("/design"), request.t("design.done", { name: found.name }));
}
