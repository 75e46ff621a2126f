/** What somebody can be told apart by when it is reported: a post or reply by its number, a person by their handle, either by an address. */
export type About = { readonly number: number } | { readonly handle: string } | { readonly url: string };

/** Why something is reported. */
export const categories = ["spam", "abuse", "threat", "sexual", "illegal", "self-harm", "other"] as const;
export type Category = (typeof categories)[number];

/** How somebody stands with the moderators. */
export type Standing = {
  /** What they say stays on their own profile and blog; their replies wait everywhere. */
  readonly isLimited: boolean;
  /** What they say is held until a moderator lets it through. */
  readonly isHeld: boolean;
  readonly isSuspended: boolean;
};

/** The service `moderation.desk`, for apps and for other plugins. Throws PublicError for what the person can put right. */
export interface ModerationDesk {
  /** Gives the id of the report; the same person's second one about the same thing counts once. `by` null is a visitor. */
  report(report: {
    readonly by: string | null;
    readonly about: About;
    readonly category: string;
    readonly note: string;
  }): Promise<string>;
  stateOf(accountId: string): Promise<Standing>;
  /** Whether nothing of a host, or of one above it, comes in. */
  isBlockedHost(host: string): Promise<boolean>;
}

declare module "rookery/plugin" {
  interface Services {
    "moderation.desk": ModerationDesk;
  }
}
