/** How long a reply may be, in letters. */
export const longest = 10_000;
/** How long one may be changed, in milliseconds. */
export const editable = 24 * 3_600_000;
/** Within this the same words to the same item are one reply. */
export const again = 60_000;
/** How many somebody may send. */
export const often = [
  { name: "minute", times: 30, seconds: 60 },
  { name: "hour", times: 300, seconds: 3_600 },
] as const;
/** Drafts of one person, and how many days one is kept. */
export const drafts = { most: 100, days: 90 } as const;
/** Tries before a reply counts as undelivered: at once, then after 1, 5, 30 minutes and 2 hours. */
export const waits = [60, 300, 1_800, 7_200] as const;
