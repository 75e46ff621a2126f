import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { ulid } from "../../ids.ts";
import { enqueue } from "../../jobs/enqueue.ts";
import { insert } from "../../storage/rows.ts";
import { stopFetching } from "./fetching.ts";
import { importFile, needImporter } from "./importers.ts";
import type { ImportOptions } from "./import-rows.ts";

/** What is to come in: the kind of file, where it is, and how. */
export type NewImport = { readonly kind: string; readonly file: string; readonly options?: ImportOptions };

/** The name of the core's job that runs an import. */
export const importJob = "run-import";

/**
 * Writes an import down and gives its id. `later` has a worker run it; without it the caller runs it with `runImport`.
 * Throws PublicError when the kind is unknown or the file is not there.
 */
export async function startImport(scope: Scope, wanted: NewImport, later: boolean): Promise<string> {
  const { kind } = needImporter(scope, wanted.kind);
  const { bytes } = await importFile(wanted.file);
  if (wanted.file.length > 300)
    throw new PublicError("import.path", "The path of the file is longer than 300 characters; move it to a shorter one.", 422);
  const blog = blogOf(scope);
  const now = scope.clock.now();
  const row = {
    id: ulid(now.getTime()),
    blog_id: blog.id,
    account_id: scope.principal.accountId ?? blog.ownerId,
    kind,
    file: wanted.file,
    options: JSON.stringify(wanted.options ?? {}),
    state: "waiting",
    progress: JSON.stringify({ bytes: 0, of: bytes, counts: {} }),
    report: "",
    created_at: stamp(now),
    finished_at: null,
  };
  await scope.storage.write(async (db) => {
    await insert(db, "imports", [row]);
    const job = { pluginId: "core", name: importJob, blogId: blog.id, data: { importId: row.id }, runAt: now, key: row.id };
    if (later) await enqueue(db, job);
  });
  return row.id;
}

/** Stops an import, or the fetching of its files: what is in stays in (undo removes it). False when nothing of it went on. */
export async function cancelImport(scope: Scope, id: string): Promise<boolean> {
  const sql =
    "UPDATE imports SET state = 'cancelled', finished_at = ? WHERE id = ? AND blog_id = ? AND state IN ('waiting', 'running')";
  const values = [stamp(scope.clock.now()), id, blogOf(scope).id];
  return (await scope.storage.write((db) => db.run(sql, values))) > 0 || stopFetching(scope, id);
}
