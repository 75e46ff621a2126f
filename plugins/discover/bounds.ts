/** Picks on a page of a shelf, in the service at most, and in a feed. */
export const [shelfPage, usualPage, largestPage, inFeed] = [30, 40, 200, 40] as const;
/** Letters of a note or a reason, of a topic's title, and of a word that suggests it. */
export const [longestNote, longestTitle, longestWord] = [500, 80, 60] as const;
/** Topics there are, words and emoji that suggest one, and topics of one pick. */
export const [mostTopics, mostWords, mostEmoji, mostFiled] = [60, 300, 5, 5] as const;
/** Fewer topics than this are not offered: some apps hang with one or two. */
export const fewestTopics = 3;
/** Candidates on a page. */
export const candidatesPage = 20;
/** How far ahead a pick can be scheduled. */
export const furthestDays = 366;
