import { roleOn } from "../blogs/memberships.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Blog, Interaction } from "../hooks/values.ts";
import { hashOf } from "../posts/permalink.ts";
import { authorHash } from "./who.ts";

/** Whose replies a blog holds until somebody there says yes. */
export const holdChoices = ["nobody", "first-timers", "everyone"] as const;
export type HoldReplies = (typeof holdChoices)[number];

/** What a blog decided about it; nobody's unless told. */
export function holdRepliesOf({ settings }: Pick<Blog, "settings">): HoldReplies {
  return holdChoices.find((one) => one === settings.holdReplies) ?? "nobody";
}

/** Whether a reply or mention waits for a yes by the blog's own rule. People of the blog never wait, nor do likes: nobody is shown them. */
export async function mustWait(scope: Scope, interaction: Interaction): Promise<boolean> {
  const rule = holdRepliesOf(blogOf(scope));
  if (rule === "nobody" || (interaction.kind !== "reply" && interaction.kind !== "mention")) return false;
  if (interaction.accountId !== null) {
    const role = await roleOn(scope.storage, blogOf(scope).id, interaction.accountId);
    if (role !== null && role !== "reader") return false;
  }
  return rule === "everyone" || !(await isKnown(scope, interaction));
}

// Somebody of whom something else is shown already. What is being changed now does not vouch for itself.
async function isKnown(scope: Scope, interaction: Interaction): Promise<boolean> {
  const hash = authorHash(interaction);
  if (hash === null) return false;
  const rows = await scope.storage.query(
    "SELECT id FROM interactions WHERE blog_id = ? AND author_hash = ? AND state = 'visible' AND kind IN ('reply', 'mention') AND source_hash <> ? LIMIT 1",
    [blogOf(scope).id, hash, hashOf(interaction.sourceUrl)],
  );
  return rows.length > 0;
}
