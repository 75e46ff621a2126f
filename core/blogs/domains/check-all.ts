import { stamp } from "../../clock.ts";
import type { Scope } from "../../hooks/scope.ts";
import { PublicError } from "../../errors.ts";
import { defaultHost } from "../blog.ts";
import { checkDomain, domainsToCheck } from "./check-domain.ts";
import type { LookParts } from "./look-at-domain.ts";

/** The name of the core's job that looks at every domain once a day. */
export const domainsJob = "check-domains";

const hours20 = 20 * 3600_000;

/** Looks at every domain that answers and was not looked at today, a few at a time; what was done stays done when it is stopped. */
export async function checkDomains(scope: Scope, parts: LookParts, signal: AbortSignal): Promise<void> {
  const before = stamp(new Date(scope.clock.now().getTime() - hours20));
  const ownNames = `%${defaultHost("", parts.hub)}`;
  for (let after = ""; ;) {
    if (signal.aborted) throw signal.reason;
    const page = await domainsToCheck(scope.storage, { before, after, ownNames });
    for (let at = 0; at < page.length; at += 5) await Promise.all(page.slice(at, at + 5).map((one) => check(scope, parts, one)));
    const last = page.at(-1);
    if (!last) return;
    after = last.host;
  }
}

async function check(scope: Scope, parts: LookParts, { host, blogId }: { host: string; blogId: string }): Promise<void> {
  try {
    await checkDomain(scope.storage, parts, { host, blogId, by: { accountId: null, via: "job" } }, scope.clock.now());
  } catch (error) {
    // Removed while we looked.
    if (!(error instanceof PublicError)) throw error;
  }
}
