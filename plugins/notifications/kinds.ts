/** What people are told of, each with a choice of its own. What is none of them counts as the last. */
export const kinds = ["reply", "mention", "moderation", "discover", "source", "other"] as const;
export type Kind = (typeof kinds)[number];

/** How a kind reaches somebody by mail. */
export const mailWays = ["off", "now", "digest"] as const;
export type MailWay = (typeof mailWays)[number];

/** What somebody wants to hear of one kind. */
export type KindChoice = { readonly isListed: boolean; readonly mail: MailWay };

/** The kind that a notice counts as. */
export const kindOf = (said: string): Kind => kinds.find((one) => one === said) ?? "other";

/** Quiet unless told: all of it in the list, and only what moderators decided about somebody by mail. */
export const defaultOf = (kind: Kind): KindChoice => ({ isListed: true, mail: kind === "moderation" ? "now" : "off" });

/** Kinds for which a dot says that something is new; the others wait to be looked for. */
export const dotted: readonly Kind[] = ["reply", "mention", "moderation"];
