import type { ImportedComment } from "rookery/plugin";
import { momentOf } from "./moment.ts";
import { withParagraphs } from "./paragraphs.ts";
import { valueOf, type WxrFields } from "./wxr.ts";

/** Comments of a post that come in, and how many of which kind do not. */
export type Comments = { readonly kept: readonly ImportedComment[]; readonly left: readonly string[] };

/** The comments of one item. Spam, trash and pingbacks stay behind; what waited for approval waits again. */
export function commentsOf(list: readonly WxrFields[], place: { readonly link: string; readonly timeZone: string }): Comments {
  const kept: ImportedComment[] = [];
  const left: string[] = [];
  for (const fields of list) {
    const approved = valueOf(fields, "wp:comment_approved");
    const type = valueOf(fields, "wp:comment_type");
    if (type === "pingback" || type === "trackback") left.push("pingbacks");
    else if (approved === "spam") left.push("spam comments");
    else if (approved === "trash" || approved === "post-trashed") left.push("comments in the trash");
    else kept.push(commentOf(fields, place));
  }
  return { kept, left };
}

function commentOf(fields: WxrFields, { link, timeZone }: { link: string; timeZone: string }): ImportedComment {
  const parent = valueOf(fields, "wp:comment_parent");
  const url = valueOf(fields, "wp:comment_author_url");
  const published = momentOf(
    { gmt: valueOf(fields, "wp:comment_date_gmt"), local: valueOf(fields, "wp:comment_date") },
    timeZone,
  );
  return {
    sourceId: sourceOf(link, valueOf(fields, "wp:comment_id")),
    ...(parent !== "" && parent !== "0" && { parentSourceId: sourceOf(link, parent) }),
    author: { name: valueOf(fields, "wp:comment_author"), ...(/^https?:\/\//.test(url) && { url }) },
    html: withParagraphs(valueOf(fields, "wp:comment_content")),
    // A comment without a readable date stands at the beginning of the conversation.
    publishedAt: published ?? "1970-01-01T00:00:00.000Z",
    isApproved: valueOf(fields, "wp:comment_approved") === "1",
  };
}

// The address a comment had: unique, and it says where it comes from.
const sourceOf = (link: string, id: string): string => `${link}#comment-${id}`;
