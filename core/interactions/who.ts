import type { Interaction } from "../hooks/values.ts";
import { hashOf } from "../posts/permalink.ts";

type Told = Pick<Interaction, "author" | "accountId" | "sourceUrl">;

/** The host of an address, in small letters; null for what is no address of the web. */
export function hostOf(url: string): string | null {
  return /^https?:/i.test(url) && URL.canParse(url) ? new URL(url).hostname.slice(0, 255) : null;
}

/**
 * By what somebody is known again: their account here, else what they call themselves together with where that was said, for
 * anybody can write another's address into a page of their own. Null for who has no address at all.
 */
export function authorHash({ author, accountId, sourceUrl }: Told): string | null {
  if (accountId !== null) return hashOf(`account ${accountId}`);
  return author.url === "" ? null : hashOf(`${author.url} ${hostOf(sourceUrl) ?? ""}`);
}
