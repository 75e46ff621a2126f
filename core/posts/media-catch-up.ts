import { blogById } from "../blogs/blogs.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Json } from "../hooks/values.ts";
import { enqueueMany } from "../jobs/enqueue.ts";
import type { NewJob } from "../jobs/job.ts";
import { postColumns, postFrom } from "./post.ts";
import type { Row, Transaction } from "../storage/storage.ts";
import { noteUses } from "../media/uses.ts";
import { variantJobFor } from "../media/variant-job.ts";

/** The name of the core's job that brings files and posts of an older version up to date; the migration writes it once. */
export const catchUpJob = "media-catch-up";

const pageSize = 200;

type Step = { readonly step: "files" | "posts"; readonly after: string };

/** One page: pictures without sizes get the job that makes them, then posts get written down which files they show. */
export async function catchUpMedia(scope: Scope, data: Json): Promise<void> {
  const at = data as unknown as Step;
  await scope.storage.write(async (db) => {
    const last = await (at.step === "files" ? askForSizes(scope, db, at.after) : noteOldUses(scope, db, at.after));
    const next: Step | null =
      last !== null ? { step: at.step, after: last } : at.step === "files" ? { step: "posts", after: "" } : null;
    if (next) await enqueueMany(db, [jobFor(next, scope.clock.now())]);
  });
}

async function askForSizes(scope: Scope, db: Transaction, after: string): Promise<string | null> {
  const sql = `SELECT id, blog_id, type, variants FROM media WHERE id > ? ORDER BY id LIMIT ${pageSize}`;
  const rows = await db.query(sql, [after]);
  const lacking = rows.filter(({ type, variants }) => String(type).startsWith("image/") && variants === "{}");
  await enqueueMany(
    db,
    lacking.map((row) => variantJobFor(String(row.blog_id), String(row.id), scope.clock.now())),
  );
  return rows.length < pageSize ? null : String(rows.at(-1)!.id);
}

async function noteOldUses(scope: Scope, db: Transaction, after: string): Promise<string | null> {
  const rows = await db.query(`SELECT ${postColumns} FROM posts p WHERE p.id > ? ORDER BY p.id LIMIT ${pageSize}`, [after]);
  for (const [blogId, own] of Map.groupBy(rows, (row: Row) => String(row.blog_id))) {
    const blog = await blogById(scope.storage, blogId, scope.site);
    if (!blog) continue;
    const posts = own.map((row) => ({ post: postFrom(row, blog, []), before: null }));
    await noteUses({ ...scope, blog }, db, posts);
  }
  return rows.length < pageSize ? null : String(rows.at(-1)!.id);
}

function jobFor(at: Step, runAt: Date): NewJob {
  return { pluginId: "core", name: catchUpJob, blogId: null, data: at, runAt };
}
