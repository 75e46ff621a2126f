import { PublicError } from "../../../core/errors.ts";
import { consumeLink, peekLink, rewriteLink } from "../../../core/people/one-time-links.ts";
import type { AdminRequest } from "../../request.ts";

/** What the steps have gathered so far; kept beside the one-time link, the password only as its hash. */
export type Gathered = {
  readonly name?: string;
  readonly username?: string;
  readonly email?: string;
  readonly passwordHash?: string;
  readonly blogName?: string;
  readonly title?: string;
  readonly description?: string;
  readonly language?: string;
  readonly timeZone?: string;
  readonly theme?: string;
};

/** A wizard in progress. */
export type Wizard = { readonly token: string; readonly gathered: Gathered };

/** The wizard that the request's link opens; null without a good one. */
export async function wizardOf(request: AdminRequest): Promise<Wizard | null> {
  const fields = request.method === "POST" ? (await request.form()).fields : null;
  const token = (fields?.get("token") ?? request.query.get("token") ?? "").trim().replace(/^.*[?&]token=/, "");
  const link = token === "" ? null : await peekLink(request.house.storage, "setup", token, request.scope.clock.now());
  return link && { token, gathered: (link.data ?? {}) as Gathered };
}

/** The same, for steps that need it. PublicError 403 without a good link. */
export async function openWizard(request: AdminRequest): Promise<Wizard> {
  const wizard = await wizardOf(request);
  if (!wizard) throw new PublicError("setup.link", request.t("setup.link-over"), 403);
  return wizard;
}

/** Keeps what a step gathered. */
export async function gather(request: AdminRequest, wizard: Wizard, more: Gathered): Promise<void> {
  const data = { ...wizard.gathered, ...more };
  await request.house.storage.write((db) => rewriteLink(db, "setup", wizard.token, data));
}

/** Uses the link up, inside the transaction that makes the admin. PublicError 403 when somebody was quicker. */
export async function closeWizard(request: AdminRequest, db: Parameters<typeof consumeLink>[0], wizard: Wizard): Promise<void> {
  if (!(await consumeLink(db, "setup", wizard.token, request.scope.clock.now())))
    throw new PublicError("setup.link", request.t("setup.link-over"), 403);
}
