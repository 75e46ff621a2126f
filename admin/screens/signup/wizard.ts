import { PublicError } from "../../../core/errors.ts";
import { consumeLink, createLink, peekLink, rewriteLink } from "../../../core/people/one-time-links.ts";
import type { AdminRequest } from "../../request.ts";

/** What the first step gathered; kept beside a one-time link, the password only as its hash. */
export type Gathered = {
  readonly name: string;
  readonly username: string;
  readonly email: string | null;
  readonly passwordHash: string;
  readonly language: string;
  /** The token of the invitation they came by; empty for none. */
  readonly invitation: string;
};

const hours = 24;

/** Keeps what the first step gathered; gives the word that the second step is opened with. */
export function beginWizard({ house, scope }: AdminRequest, gathered: Gathered): Promise<string> {
  const now = scope.clock.now();
  return house.storage.write((db) => createLink(db, { purpose: "sign-up", data: gathered, seconds: hours * 3600 }, now));
}

/** Keeps what the first step was changed to. */
export async function changeWizard({ house }: AdminRequest, token: string, gathered: Gathered): Promise<void> {
  await house.storage.write((db) => rewriteLink(db, "sign-up", token, gathered));
}

/** What the first step gathered. PublicError 403 without it. */
export async function wizardOf({ house, scope, t }: AdminRequest, token: string): Promise<Gathered> {
  const link = token === "" ? null : await peekLink(house.storage, "sign-up", token, scope.clock.now());
  if (!link) throw new PublicError("sign-up.over", t("signup.over"), 403);
  return link.data as unknown as Gathered;
}

/** Uses the wizard up, inside the transaction that ends it. PublicError 403 for a second click. */
export async function endWizard({ scope, t }: AdminRequest, db: Parameters<typeof consumeLink>[0], token: string): Promise<void> {
  if (!(await consumeLink(db, "sign-up", token, scope.clock.now()))) throw new PublicError("sign-up.over", t("signup.over"), 403);
}
