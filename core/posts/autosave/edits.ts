import { stamp } from "../../clock.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Post } from "../../hooks/values.ts";
import { remove, update, upsert } from "../../storage/rows.ts";
import type { Row, Storage, Transaction } from "../../storage/storage.ts";

/** Fields of a composer by name, each with its values in order. */
export type EditFields = Readonly<Record<string, readonly string[]>>;

/** What somebody's composer held beside a post when it was last saved. */
export type Edit = {
  readonly baseVersion: number;
  readonly number: number;
  /** The opened composer that wrote it last; empty when none said its name. */
  readonly page: string;
  readonly fields: EditFields;
  readonly isDiscarded: boolean;
  readonly savedAt: string;
};

type Reader = Pick<Storage, "query"> | Pick<Transaction, "query">;

/** The row of whoever the scope acts for; null when there is none. */
export async function editOf(scope: Scope, postId: string, db: Reader = scope.storage): Promise<Edit | null> {
  const sql =
    "SELECT base_version, number, page, fields, is_discarded, saved_at FROM post_edits " +
    "WHERE post_id = ? AND account_id = ? AND blog_id = ?";
  const rows: Row[] = await db.query(sql, [postId, accountOf(scope), blogOf(scope).id]);
  return rows[0] ? editFrom(rows[0]) : null;
}

/** The edit that still stands beside a post: not discarded, and for a draft no older than the draft. */
export function standing(post: Post, edit: Edit | null): Edit | null {
  if (!edit || edit.isDiscarded) return null;
  return post.status === "draft" && edit.baseVersion !== post.version ? null : edit;
}

/** What is stored now, in one word: the post's version, and behind a point how often a pending edit was saved beside it. */
export function versionText(post: Post, edit: Edit | null): string {
  const pending = post.status === "draft" ? null : standing(post, edit);
  return pending ? `${post.version}.${pending.number}` : String(post.version);
}

/** What a composer that shows this edit began from: a pending edit may be older than its post. */
export function shownVersion(post: Post, edit: Edit | null): string {
  return edit && post.status !== "draft" ? `${edit.baseVersion}.${edit.number}` : versionText(post, edit);
}

/** Both halves of a composer's version; null when it is none. */
export function readVersion(text: string): { readonly base: number; readonly number: number } | null {
  const found = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(text);
  return found ? { base: Number(found[1]), number: Number(found[2] ?? 0) } : null;
}

/** Writes somebody's edit beside a post. */
export async function writeEdit(
  scope: Scope,
  db: Transaction,
  postId: string,
  edit: Omit<Edit, "isDiscarded" | "savedAt">,
): Promise<void> {
  const row = {
    post_id: postId,
    account_id: accountOf(scope),
    blog_id: blogOf(scope).id,
    base_version: edit.baseVersion,
    number: edit.number,
    page: edit.page,
    fields: JSON.stringify(edit.fields),
    is_discarded: false,
    saved_at: stamp(scope.clock.now()),
  };
  await upsert(db, "post_edits", row, ["post_id", "account_id"]);
}

/** Takes a pending edit back, or brings it forth again; false when there is none. Discarded ones are kept for 30 days. */
export async function discardEdit(scope: Scope, postId: string, isDiscarded: boolean): Promise<boolean> {
  const where = { post_id: postId, account_id: accountOf(scope), blog_id: blogOf(scope).id };
  return (await scope.storage.write((db) => update(db, "post_edits", { is_discarded: isDiscarded }, where))) > 0;
}

/** Removes the edit that became part of the post, in the transaction that stored it; one saved later elsewhere stays. */
export async function settleEdit(
  scope: Scope,
  db: Transaction,
  postId: string,
  seen: { version: string; page: string },
): Promise<void> {
  const edit = await editOf(scope, postId, db);
  if (!edit) return;
  const isSeen = edit.number <= (readVersion(seen.version)?.number ?? 0) || (seen.page !== "" && edit.page === seen.page);
  if (isSeen || edit.isDiscarded) await remove(db, "post_edits", { post_id: postId, account_id: accountOf(scope) });
}

function accountOf(scope: Scope): string {
  return scope.principal.accountId ?? "";
}

function editFrom(row: Row): Edit {
  return {
    baseVersion: Number(row.base_version),
    number: Number(row.number),
    page: String(row.page),
    fields: JSON.parse(String(row.fields)) as EditFields,
    isDiscarded: row.is_discarded === 1,
    savedAt: String(row.saved_at),
  };
}
