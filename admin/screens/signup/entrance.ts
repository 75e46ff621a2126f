import { PublicError } from "../../../core/errors.ts";
import { hasAdmin } from "../../../core/people/accounts.ts";
import { openInvitation, type Invitation } from "../../../core/residents/joining/invitations.ts";
import { signUpRules, type SignUpMode } from "../../../core/residents/joining/sign-up-rules.ts";
import type { AdminRequest } from "../../request.ts";
import { mayJoin } from "../invitation/routes.ts";

/** By which right somebody comes in: an invitation, or the installation's rules. */
export type Entrance = { readonly mode: SignUpMode; readonly invitation: Invitation | null };

/** Whether somebody may come in, with the token of an invitation (empty: without one). PublicError 403 says why not. */
export async function entrance(request: AdminRequest, token: string): Promise<Entrance> {
  const { house, scope, t } = request;
  if (!(await hasAdmin(house.storage))) throw new PublicError("sign-up.too-early", t("signup.closed"), 403);
  const { mode } = await signUpRules(house.storage);
  if (token !== "") {
    const invitation = await openInvitation(house.storage, token, scope.clock.now());
    if (!(await mayJoin(request, invitation))) throw new PublicError("sign-up.closed", t("signup.closed"), 403);
    return { mode, invitation };
  }
  if (mode === "closed") throw new PublicError("sign-up.closed", t("signup.closed"), 403);
  if (mode === "invite") throw new PublicError("sign-up.invite", t("signup.by-invitation"), 403);
  return { mode, invitation: null };
}
