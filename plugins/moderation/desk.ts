import type { ModerationDesk } from "./api.ts";
import { isBlocked } from "./domains/domains.ts";
import { report } from "./reports/report.ts";
import type { Own } from "./settings.ts";
import { standingOf } from "./standing.ts";

/** What apps and other plugins ask the moderators' desk. */
export function moderationDesk(context: () => Own): ModerationDesk {
  return {
    async report({ by, about, category, note }) {
      const account = by === null ? null : ((await context().people.standing(by))?.account ?? null);
      return report(context(), { account, address: "an app" }, { about, category, note });
    },
    stateOf: (accountId) => standingOf(context(), accountId),
    isBlockedHost: (host) => isBlocked(context(), [host]),
  };
}
