import { makeBlogWithOwner } from "../../../core/blogs/blogs.ts";
import { PublicError } from "../../../core/errors.ts";
import type { Blog } from "../../../core/hooks/values.ts";
import { setDefaultBlog } from "../../../core/people/accounts.ts";
import { nameTrouble } from "../../../core/people/names.ts";
import type { Person } from "../../../core/people/person.ts";
import { freeNameNear, isNameTaken } from "../../../core/residents/joining/free-name.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import type { AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";

/** Why a name cannot be had, in the reader's words, with one that can; null when it can be had. */
export async function nameRefusal(request: Pick<AdminRequest, "house" | "t">, name: string): Promise<string | null> {
  const { house, t } = request;
  const trouble = nameTrouble(name);
  if (trouble === null && !(await isNameTaken(house.storage, name, house.site))) return null;
  const sentence = t(`signup.name-${trouble ?? "taken"}`, { name: name.slice(0, 40) });
  const free = await freeNameNear(house.storage, name, house.site);
  return free === null ? sentence : `${sentence} ${t("signup.name-free", { name: free })}`;
}

/** Makes a blog for somebody in the caller's transaction. PublicError 409 when the name was taken meanwhile. */
export async function newBlog(
  request: AdminRequest,
  db: Transaction,
  owner: Pick<Person, "id" | "username" | "defaultBlogId" | "language" | "timeZone">,
  wanted: { readonly name: string; readonly title: string },
): Promise<Blog> {
  const { house, scope } = request;
  const now = scope.clock.now();
  const { language, timeZone } = owner;
  const blog = await makeBlogWithOwner(db, { ...wanted, ownerId: owner.id, language, timeZone }, house.site, now);
  if (owner.defaultBlogId === null) await setDefaultBlog(db, owner.id, blog.id, now);
  await noteAct(request, db, {
    action: "blog.created",
    subject: blog.host,
    blogId: blog.id,
    detail: { owner: owner.username },
  });
  return blog;
}

/** Whether an error is about the name of a blog: two who took it at the same moment. */
export const isAboutName = (error: unknown): error is PublicError =>
  error instanceof PublicError && (error.key === "blog.host-taken" || error.key === "blog.name");
