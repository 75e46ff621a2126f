import { whyRefused, type Why } from "./fetch-file.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Draft, Post } from "../../hooks/values.ts";
import { publishMany } from "../../posts/publish.ts";
import { postsByIds } from "../../posts/read.ts";

/** A page of what an import brought: its posts by id, those that are still there, and where the next page begins. */
export type PostPage = { readonly posts: readonly Post[]; readonly after: string | null };

/** Where a page of an import's posts begins and how long it is; `withSeen` takes along those of earlier imports it met again. */
export type PageOfImport = { readonly after: string; readonly limit: number; readonly withSeen?: boolean };

/** The posts an import brought with ids after `after`, in their order; `after` of the answer is null past the last. */
export async function postsOfImport(scope: Scope, importId: string, { after, limit, withSeen }: PageOfImport): Promise<PostPage> {
  const subjects = withSeen ? "'post', 'seen'" : "'post'";
  const sql = `SELECT subject_id FROM import_items WHERE import_id = ? AND subject IN (${subjects}) AND subject_id > ? ORDER BY subject_id LIMIT ?`;
  const ids = (await scope.storage.query(sql, [importId, after, limit])).map((row) => String(row.subject_id));
  const posts = (await postsByIds(scope, ids)).filter(({ status }) => status !== "trash");
  return { posts: posts.toSorted((a, b) => (a.id < b.id ? -1 : 1)), after: ids.at(-1) ?? null };
}

/** What changes of a post; null when nothing does. */
export type Change = (post: Post) => Pick<Draft, "content" | "photos" | "audio"> | null;

/**
 * Stores posts with a change through the publish door, quietly: a new version and revision, but no news and no new date.
 * One that somebody changes in the same moment is read and changed again. Gives refusals by post; they stay as they were.
 */
export async function changeQuietly(
  scope: Scope,
  posts: readonly Post[],
  change: Change,
): Promise<readonly { readonly post: Post; readonly why: Why }[]> {
  let left = posts;
  for (let round = 1; ; round++) {
    const changes = left.flatMap((post) => {
      const next = change(post);
      return next ? [{ post, draft: draftOf(post, next) }] : [];
    });
    if (changes.length === 0) return [];
    const outcomes = await publishMany(
      scope,
      changes.map(({ draft }) => draft),
      { reason: "import", isQuiet: true },
    );
    const refused = changes.flatMap(({ post }, at) => {
      const outcome = outcomes[at]!;
      return outcome.ok ? [] : [{ post, refusal: outcome.refusal }];
    });
    const late = refused.filter(({ refusal }) => refusal.status === 409 && round < 5);
    if (late.length === 0) return refused.map(({ post, refusal }) => ({ post, why: whyRefused(refusal) }));
    left = (
      await postsByIds(
        scope,
        late.map(({ post }) => post.id),
      )
    ).filter(({ status }) => status !== "trash");
  }
}

function draftOf({ id, version, updatedAt }: Post, next: Pick<Draft, "content" | "photos" | "audio">): Draft {
  return { id, version, updatedAt, ...next };
}
