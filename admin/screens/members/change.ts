import { actorOn } from "../../../core/blogs/memberships.ts";
import { changeRole, removeMember, transfer } from "../../../core/blogs/ownership.ts";
import { PublicError } from "../../../core/errors.ts";
import { personByUsername } from "../../../core/people/accounts.ts";
import { can } from "../../../core/people/permissions.ts";
import type { Person } from "../../../core/people/person.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import { one } from "../../fields.ts";
import { onBlog } from "../../on-blog.ts";
import { requireFresh } from "../../require-fresh.ts";
import { sentenceFor, type AdminRequest } from "../../request.ts";
import { noteAct } from "../people/audited.ts";
import { blogRoles, listMembers } from "./list.ts";

/** Gives one of a blog's people another role. */
export async function giveRole(request: AdminRequest) {
  const role = await roleOf(request);
  return attempt(request, { done: "people.role-saved" }, async (db, { blogId, person, now }) => {
    if (!role) throw new PublicError("people.role", request.t("people.role-wrong"), 422);
    await changeRole(db, { blogId, accountId: person.id, role }, now);
    await noteAct(request, db, { action: "role.changed", subject: person.username, blogId, detail: { role } });
  });
}

/** Takes somebody off a blog. */
export function removePerson(request: AdminRequest) {
  return attempt(request, { done: "people.removed" }, async (db, { blogId, person, now }) => {
    await removeMember(db, blogId, person.id, now);
    await noteAct(request, db, { action: "role.removed", subject: person.username, blogId });
  });
}

/** Hands a blog over to one of its people. */
export async function handOverBlog(request: AdminRequest) {
  const { blog } = await onBlog(request, "blog.manage");
  const ask = await requireFresh(request);
  if (ask) return ask;
  return attempt(request, { done: "people.handed-over" }, async (db, { blogId, person, now }) => {
    if (person.state !== "active") throw new PublicError("people.inactive", request.t("people.nobody-so"), 422);
    await transfer(db, blogId, { from: blog.ownerId, to: person.id }, now);
    await noteAct(request, db, { action: "blog.transferred", subject: person.username, blogId });
  });
}

type Change = { readonly blogId: string; readonly person: Person; readonly now: Date };

async function attempt(
  request: AdminRequest,
  { done }: { done: string },
  work: (db: Transaction, change: Change) => Promise<void>,
) {
  const { blog, scope, at, t } = await onBlog(request, "blog.manage");
  const person = await personByUsername(scope.storage, request.params.username ?? "");
  if (!person) throw new PublicError("request.unknown", "There is no such page, or it is not yours.", 404);
  try {
    await scope.storage.write((db) => work(db, { blogId: blog.id, person, now: scope.clock.now() }));
  } catch (error) {
    if (!(error instanceof PublicError) || error.status === 404) throw error;
    return listMembers(request, { errors: { [`role-${person.username}`]: sentenceFor(request, error) } });
  }
  const flash = t(done, { name: person.username, host: blog.host });
  // Whoever gave their own role away cannot see the page any more.
  const actor = await actorOn(scope.storage, scope.principal, blog.id);
  return request.redirect(can(actor, "blog.manage") ? at("/settings/people") : "/", flash);
}

async function roleOf(request: AdminRequest) {
  const wanted = one((await request.form()).fields, "role");
  return blogRoles.find((name) => name === wanted);
}
