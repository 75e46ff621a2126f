import { PublicError } from "rookery/plugin";
import type { TimelineSource } from "../../timeline/api.ts";
import type { Own } from "../settings.ts";
import { hostFrom, isBlocked } from "./domains.ts";

/** Forbids to follow what stands on a blocked domain, before anybody asks it; everything else is left to others. */
export function noFollowing(context: () => Own): TimelineSource {
  return {
    async resolve(input) {
      // Also `@name@boats.example`.
      const place = /^https?:/i.test(input.trim()) ? input : input.slice(input.lastIndexOf("@") + 1);
      if (await isBlocked(context(), [hostFrom(place)]))
        throw new PublicError("blocked-domain", "Moderators blocked this domain.", 403);
      return null;
    },
    followed: async () => undefined,
    unfollowed: async () => undefined,
  };
}
