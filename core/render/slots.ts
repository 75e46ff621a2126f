/** The named places of a theme in which plugins may show something; those with a post are about one post. */
export const slotNames: readonly string[] = [
  "head",
  "body-start",
  "header",
  "before-list",
  "list-item-meta",
  "before-content",
  "media",
  "after-content",
  "post-meta",
  "before-conversation",
  "after-conversation",
  "sidebar",
  "footer",
  "body-end",
];

/** Slots that are asked once for every post on the page. */
export const postSlots: readonly string[] = [
  "list-item-meta",
  "before-content",
  "media",
  "after-content",
  "post-meta",
  "before-conversation",
  "after-conversation",
];
