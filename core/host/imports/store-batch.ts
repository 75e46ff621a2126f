import { stamp } from "../../clock.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { receiveMany, type Incoming } from "../../interactions/receive.ts";
import { cleanPath, hashOf } from "../../posts/permalink.ts";
import { publishMany, type Outcome } from "../../posts/publish.ts";
import { insert, marks, upsert } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import type { Item } from "./batch.ts";
import type { ImportProgress } from "./report.ts";

/** Somebody cancelled the import; nothing of the batch at hand was stored. */
export class ImportStopped extends Error {
  constructor() {
    super("The import was cancelled.");
    this.name = "ImportStopped";
  }
}

/**
 * Stores posts with their comments, old addresses and the import's own record of them in one transaction: after a crash a
 * second run finds exactly what is in. Gives each post's outcome.
 */
export async function storeBatch(
  scope: Scope,
  importId: string,
  items: readonly Item[],
  progress: ImportProgress,
): Promise<Outcome[]> {
  const drafts = items.map(({ draft }) => draft);
  return publishMany(scope, drafts, {
    reason: "import",
    isQuiet: true,
    async also(db, outcomes) {
      const isRunning = await db.run("UPDATE imports SET progress = ? WHERE id = ? AND state = 'running'", [
        JSON.stringify(progress),
        importId,
      ]);
      if (isRunning === 0 && !(await stillRuns(db, importId))) throw new ImportStopped();
      const stored = items.flatMap((item, at) => {
        const outcome = outcomes[at];
        return outcome?.ok ? [{ item, post: outcome.post }] : [];
      });
      const base = { blog_id: blogOf(scope).id, import_id: importId };
      await insert(
        db,
        "import_items",
        stored.map(({ item, post }) => ({ ...base, source_hash: item.hash, subject: "post", subject_id: post.id })),
      );
      await receiveMany(
        scope,
        db,
        stored.flatMap(({ item, post }) => commentsOf(item, post.id)),
      );
      for (const { item, post } of stored) await leaveRedirects(scope, db, importId, { item, post });
    },
  });
}

/** Which of these hashes came in before, and with which import. */
export async function knownItems(scope: Scope, hashes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (hashes.length === 0) return new Map();
  const sql = `SELECT source_hash, import_id FROM import_items WHERE blog_id = ? AND source_hash IN (${marks(hashes.length)})`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id, ...hashes]);
  return new Map(rows.map((row) => [String(row.source_hash), String(row.import_id)]));
}

// MySQL counts a row only when it changed, and the same progress twice changes none.
async function stillRuns(db: Transaction, importId: string): Promise<boolean> {
  return (await db.query("SELECT id FROM imports WHERE id = ? AND state = 'running'", [importId])).length > 0;
}

/** The comments of an imported post as the interactions' door wants them. */
export function commentsOf({ comments = [] }: Pick<Item, "comments">, postId: string): Incoming[] {
  return comments.map((comment) => ({
    kind: "reply",
    source: comment.sourceId,
    postId,
    author: comment.author,
    html: comment.html,
    publishedAt: comment.publishedAt,
    ...(comment.parentSourceId !== undefined && { parentSource: comment.parentSourceId }),
    via: "import",
    isApproved: comment.isApproved,
  }));
}

type Kept = { readonly item: Item; readonly post: { readonly id: string; readonly path: string } };

async function leaveRedirects(scope: Scope, db: Transaction, importId: string, { item, post }: Kept): Promise<void> {
  if (post.path === "") return; // a draft has no address yet
  const blogId = blogOf(scope).id;
  for (const old of item.oldPaths ?? []) {
    const path = cleanPath(old);
    if (path === null || path === "/" || path === post.path) continue;
    const key = { blog_id: blogId, path_hash: hashOf(path) };
    await upsert(db, "redirects", { ...key, path, target: post.path, created_at: stamp(scope.clock.now()) }, Object.keys(key));
    const entry = {
      blog_id: blogId,
      source_hash: key.path_hash,
      import_id: importId,
      subject: "redirect",
      subject_id: post.id,
    };
    await insert(db, "import_items", [entry], { ignore: true });
  }
}
