import { membersOf } from "../../../core/blogs/memberships.ts";
import type { BlogRole } from "../../../core/people/permissions.ts";
import { openInvitations } from "../../../core/residents/joining/invitations.ts";
import { marks } from "../../../core/storage/rows.ts";
import { onBlog } from "../../on-blog.ts";
import type { AdminRequest } from "../../request.ts";
import { partPage } from "../settings/section.ts";

/** The roles of a blog, the highest first. */
export const blogRoles = ["owner", "editor", "author", "contributor", "reader"] as const satisfies readonly BlogRole[];

/** What a form of the page answers with. */
export type MembersState = {
  readonly errors?: Readonly<Record<string, string>>;
  readonly sent?: URLSearchParams;
  readonly link?: string;
};

/** The people of a blog, the open invitations, and the form that invites. */
export async function listMembers(request: AdminRequest, state: MembersState = {}) {
  const place = await onBlog(request, "blog.manage");
  const { blog, scope, t } = place;
  const members = await membersOf(scope.storage, blog.id);
  const named = await scope.storage.query(
    `SELECT id, username, name, state FROM accounts WHERE id IN (${marks(Math.max(members.length, 1))})`,
    members.length > 0 ? members.map(({ accountId }) => accountId) : [""],
  );
  const byId = new Map(named.map((row) => [String(row.id), row]));
  const people = members.flatMap(({ accountId, role }) => {
    const row = byId.get(accountId);
    return row ? [{ username: String(row.username), name: String(row.name), state: String(row.state), role, accountId }] : [];
  });
  const roles = blogRoles.map((role) => ({ value: role, label: t(`people.role-${role}`), hint: t(`people.can-${role}`) }));
  const data = {
    people,
    roles,
    others: people.filter(({ accountId, state: standing }) => accountId !== blog.ownerId && standing === "active"),
    ownerId: blog.ownerId,
    invitations: await openInvitations(scope.storage, { blogId: blog.id }, scope.clock.now()),
    canMail: request.house.settings.smtpUrl !== null,
    email: state.sent?.get("email") ?? "",
    role: state.sent?.get("role") ?? "author",
    link: state.link,
  };
  const part = { view: "screens/members/list", title: t("people.members"), at: place.at("/settings/people"), data };
  return partPage(request, place, { ...part, ...(state.errors && { errors: state.errors }) });
}
