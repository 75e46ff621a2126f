/**
 * Properties of microformats2 that a post keeps under their own names, because themes, feeds and other plugins know them. All
 * other names a client may send are kept under the plugin's own, so that none can pass for what another plugin wrote.
 */
export const ownProperties: readonly string[] = [
  "in-reply-to",
  "like-of",
  "repost-of",
  "bookmark-of",
  "rsvp",
  "checkin",
  "location",
  "syndication",
  "video",
  "start",
  "end",
  "featured",
];

/** Those that name a page elsewhere: each value must be an address, or an object that has one. */
export const linkProperties: ReadonlySet<string> = new Set(["in-reply-to", "like-of", "repost-of", "bookmark-of", "syndication"]);

/** What an answer to an invitation can be. */
export const rsvpValues: readonly string[] = ["yes", "no", "maybe", "interested"];
