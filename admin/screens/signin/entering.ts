import { endSession } from "../../../core/people/sessions.ts";
import type { ScreenReply } from "../../../core/web/screen.types.ts";
import type { AdminRequest } from "../../request.ts";

/** Where somebody signs in from, for the list of their sessions. */
export function visitorOf(request: AdminRequest): { userAgent: string; address: string } {
  return { userAgent: request.headers["user-agent"] ?? "", address: request.scope.address };
}

/** Sends somebody on who got in, under their new session; the one this browser had ends. */
export async function entered(
  request: AdminRequest,
  to: { readonly cookie: string; readonly next: string; readonly flash?: string },
): Promise<ScreenReply> {
  const { session, account, house } = request;
  if (session && account) await house.storage.write((db) => endSession(db, account.id, session.idHash));
  return { ...request.redirect(to.next, to.flash), session: to.cookie, halfway: null };
}

/** Sends somebody on to the question for a code. */
export function toCode(request: AdminRequest, to: { readonly halfway: string; readonly next: string }): ScreenReply {
  return { ...request.redirect(`/signin/code?next=${encodeURIComponent(to.next)}`), halfway: to.halfway };
}

/** When to try again, in words. */
export function tooOften(request: AdminRequest, seconds: number): string {
  return request.t("signin.too-many", { minutes: Math.ceil(seconds / 60) });
}

/** The same answer, saying to machines too when to come back. */
export function withRetry(reply: ScreenReply, seconds: number): ScreenReply {
  return { ...reply, headers: { ...reply.headers, "retry-after": String(seconds) } };
}
