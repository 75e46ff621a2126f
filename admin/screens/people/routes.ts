import type { AdminScreen } from "../../request.ts";
import { invitePerson, takeBackInvitation } from "./invite.ts";
import { listPeople } from "./list.ts";
import { changeRole, restorePerson, showPerson, suspendPerson } from "./person.ts";
import { saveRules } from "./rules.ts";
import { approveSignUp, refuseSignUp } from "./sign-ups.ts";

/** The people of the installation: who they are, who waits, who is invited, how one joins. */
export const peopleScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/people", access: "moderator", run: (request) => listPeople(request) },
  { method: "POST", path: "/admin/people/rules", access: "admin", run: saveRules },
  { method: "POST", path: "/admin/people/sign-ups/:id/approve", access: "admin", run: approveSignUp },
  { method: "POST", path: "/admin/people/sign-ups/:id/refuse", access: "admin", run: refuseSignUp },
  { method: "POST", path: "/admin/people/invitations", access: "admin", run: invitePerson },
  { method: "POST", path: "/admin/people/invitations/:id/revoke", access: "admin", run: takeBackInvitation },
  { method: "GET", path: "/admin/people/:username", access: "moderator", run: (request) => showPerson(request) },
  { method: "POST", path: "/admin/people/:username/role", access: "admin", run: changeRole },
  { method: "POST", path: "/admin/people/:username/suspend", access: "admin", run: suspendPerson },
  { method: "POST", path: "/admin/people/:username/restore", access: "admin", run: restorePerson },
];
