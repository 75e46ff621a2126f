import { blogById } from "../../../core/blogs/blogs.ts";
import { roleOn } from "../../../core/blogs/memberships.ts";
import { personById } from "../../../core/people/accounts.ts";
import { openInvitation, type Invitation } from "../../../core/residents/joining/invitations.ts";
import { takeUp } from "../../../core/residents/joining/newcomer.ts";
import { signUpRules } from "../../../core/residents/joining/sign-up-rules.ts";
import { one } from "../../fields.ts";
import type { AdminRequest, AdminScreen } from "../../request.ts";

/** What an invitation's link opens: for somebody new the sign-up, for somebody who is here a button. */
export const invitationScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/invitation", access: "public", run: show },
  { method: "POST", path: "/invitation", access: "member", run: accept },
];

async function show(request: AdminRequest) {
  const { house, query, scope, t, account } = request;
  const token = query.get("token") ?? "";
  const invitation = await openInvitation(house.storage, token, scope.clock.now());
  const inviter = await personById(house.storage, invitation.accountId);
  const blog = invitation.blogId === null ? null : await blogById(house.storage, invitation.blogId, house.site);
  const data = {
    token,
    invitation,
    inviter: inviter?.name ?? "",
    invitingBlog: blog,
    isThere: await isThere(request, invitation),
    mayJoin: await mayJoin(request, invitation),
    next: encodeURIComponent(`/invitation?token=${token}`),
    roleName: blog ? t(`people.role-${invitation.role}`) : "",
    isMember: account !== null,
  };
  return request.html("screens/invitation/invitation", t("signup.invitation"), data);
}

async function accept(request: AdminRequest) {
  const { house, scope, t } = request;
  const account = request.account!;
  const token = one((await request.form()).fields, "token");
  const now = scope.clock.now();
  const invitation = await openInvitation(house.storage, token, now);
  if (invitation.blogId === null) return request.redirect("/", t("signup.here-already"));
  const arrival = { hub: house.site, via: scope.via, address: scope.address, now };
  await house.storage.write((db) => takeUp(db, invitation.id, account, arrival));
  const blog = await blogById(house.storage, invitation.blogId, house.site);
  const path = invitation.role === "reader" ? "/account/blogs" : `/b/${blog?.host}/posts`;
  return request.redirect(path, t("signup.accepted", { title: blog?.title ?? "" }));
}

async function isThere({ house, account }: AdminRequest, invitation: Invitation): Promise<boolean> {
  if (account === null) return false;
  return invitation.blogId === null || (await roleOn(house.storage, invitation.blogId, account.id)) !== null;
}

/** Whether somebody new can come by an invitation: always by an admin's, by others' unless the installation is closed. */
export async function mayJoin({ house }: Pick<AdminRequest, "house">, invitation: Invitation): Promise<boolean> {
  if ((await signUpRules(house.storage)).mode !== "closed") return true;
  return (await personById(house.storage, invitation.accountId))?.role === "admin";
}
