/** Items in the page of a list, unless told, and at most. */
export const [usualPage, largestPage] = [40, 200] as const;
/** Items that following brings at once. */
export const backfill = 40;
/** Items of one source, and of one person here, that come into timelines within an hour of the clock; the rest stands on the profile only. */
export const [perHour, perHourHere] = [30, 200] as const;
/** Entries that a timeline keeps, the newest. */
export const keptEntries = 5_000;
/** Sources somebody follows at most, and things they mute. */
export const [mostFollows, mostMutes] = [5_000, 500] as const;
/** Accounts that one statement of the fan-out serves. */
export const fanOutBatch = 1_000;
/** People that one post mentions, at most. */
export const mostMentioned = 20;
/** Items shown of a conversation. */
export const longestConversation = 200;
