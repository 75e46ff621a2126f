import type { AdminScreen } from "../../request.ts";
import { giveRole, handOverBlog, removePerson } from "./change.ts";
import { inviteToBlog, takeBackFromBlog } from "./invite.ts";
import { listMembers } from "./list.ts";

const at = "/b/:blog/settings/people";

/** The people of a blog: who has which role, who is invited, whose it is. */
export const memberScreens: readonly AdminScreen[] = [
  { method: "GET", path: at, access: "member", run: (request) => listMembers(request) },
  { method: "POST", path: `${at}/invitations`, access: "member", run: inviteToBlog },
  { method: "POST", path: `${at}/invitations/:id/revoke`, access: "member", run: takeBackFromBlog },
  { method: "POST", path: `${at}/:username/role`, access: "member", run: giveRole },
  { method: "POST", path: `${at}/:username/remove`, access: "member", run: removePerson },
  { method: "POST", path: `${at}/:username/transfer`, access: "member", run: handOverBlog },
];
