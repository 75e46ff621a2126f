import type { Draft } from "../../hooks/values.ts";
import { hashOf } from "../../posts/permalink.ts";
import type { ImportSink } from "../services.types.ts";
import type { Tally } from "./report.ts";

/** A post on its way in, with the hash by which a second run knows it. */
export type Item = Parameters<ImportSink["post"]>[0] & { readonly hash: string };

/** How many posts go into one transaction: large enough to share a commit, small enough to keep others waiting for milliseconds. */
export const batchSize = 100;

/** The hash of a source's own id, per importer. */
export function sourceHash(kind: string, sourceId: string): string {
  return hashOf(`${kind} ${sourceId}`);
}

/** Counts a post under what it is: `posts`, `pages` or `drafts`, and its comments. */
export function countItem(tally: Tally, { draft, comments = [] }: Pick<Item, "draft" | "comments">): void {
  tally.add(draft.status === "draft" ? "drafts" : draft.kind === "page" ? "pages" : "posts");
  if (draft.visibility === "private") tally.add("private");
  countComments(tally, comments);
}

/** Counts comments under what they are. */
export function countComments(tally: Tally, comments: NonNullable<Item["comments"]>): void {
  for (const comment of comments) tally.add(comment.isApproved ? "comments" : "comments waiting for approval");
}

/** The draft as the options want it. */
export function draftFor(draft: Draft, options: { readonly drafts?: boolean }): Draft {
  return options.drafts ? { ...draft, status: "draft" } : draft;
}
