import type { Interaction, Post } from "../../../core/hooks/values.ts";
import { authorToBlock, hostToBlock } from "../../../core/interactions/blocks.ts";
import { plainText } from "../../../core/net/plain-text.ts";
import type { OnBlog } from "../../on-blog.ts";

const rsvps = ["yes", "no", "maybe", "interested"];

/** A line of the list: what somebody did, said in words, and what may be done about it. */
export function rowOf({ t, may, at, blog }: OnBlog, interaction: Interaction, post: Post | undefined) {
  const { id, author, sourceUrl, html } = interaction;
  const isWeb = /^https?:/.test(sourceUrl);
  const mayDecide = post !== undefined && may("post.edit", post);
  const [person, host] = may("blog.edit") ? [authorToBlock(interaction), hostToBlock(interaction)] : [null, null];
  return {
    id,
    author,
    post,
    postAt: post && at(`/posts/${post.id}`),
    kind: t(`replies.kind-${kindOf(interaction)}`),
    text: plainText(html).trim().slice(0, 1000),
    publishedAt: interaction.publishedAt,
    source: isWeb ? sourceUrl : "",
    answerAt: isWeb && may("post.create") ? `/compose?blog=${blog.host}&in-reply-to=${encodeURIComponent(sourceUrl)}` : "",
    mayDecide,
    mayBlock: [
      ...(person ? [{ what: "author", name: person.label }] : []),
      ...(host ? [{ what: "host", name: host.label }] : []),
    ],
  };
}

function kindOf({ kind, properties }: Interaction): string {
  const rsvp = String([properties.rsvp].flat()[0] ?? "").toLowerCase();
  if (rsvps.includes(rsvp)) return `rsvp-${rsvp}`;
  return properties["bookmark-of"] !== undefined ? "bookmark" : kind;
}
