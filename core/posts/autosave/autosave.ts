import { stamp } from "../../clock.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Draft, Post, Refusal } from "../../hooks/values.ts";
import { insert, update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { compose } from "../compose.ts";
import { hashOf } from "../permalink.ts";
import { rowOf } from "../post.ts";
import { keyHash, postByKey } from "../post-keys.ts";
import { postById } from "../read.ts";
import { editOf, standing, versionText, writeEdit, type Edit, type EditFields } from "./edits.ts";

/** What a composer sends while somebody types. */
export type Typing = {
  /** The composer's own key; a repeated request finds what the first one made. */
  readonly key: string;
  /** What of it a draft can hold. */
  readonly draft: Pick<Draft, "title" | "content" | "summary" | "language" | "kind" | "photos" | "audio" | "properties">;
  /** All of it, as it was typed. */
  readonly fields: EditFields;
  /** Which opened composer it is: it never stands against what it sent itself. */
  readonly page: string;
  /** The version it began from; null when it knows of none yet. */
  readonly expected: string | null;
};

/** What is stored now beside what came. */
export type Stored = { readonly post: Post; readonly edit: Edit | null; readonly version: string };

/** What became of it; `conflict` holds what another device stored (null: the post is gone). */
export type Autosaved =
  | { readonly isSaved: true; readonly isNew: boolean; readonly stored: Stored }
  | { readonly isSaved: false; readonly refusal: Refusal }
  | { readonly isSaved: false; readonly conflict: Stored | null };

/**
 * Keeps what is being typed: in a draft, which it makes the first time, or beside a post that is public or waits for its time.
 * It never changes a status, makes no revision and tells nobody. `before` is the post the composer is about.
 */
export async function autosave(scope: Scope, typing: Typing, before: Post | null): Promise<Autosaved> {
  for (let post = before, tries = 0; ; tries++) {
    const stored = post && (await storedOf(scope, post));
    if (!stored && typing.expected !== null) return { isSaved: false, conflict: null };
    if (stored && isRepeat(stored, typing)) return { isSaved: true, isNew: false, stored };
    if (stored && !isExpected(stored, typing)) return { isSaved: false, conflict: stored };
    const saved = await save(scope, typing, stored);
    if (saved) return saved;
    // Somebody was faster: what they stored decides now.
    if (tries >= 5) throw new Error("A draft changed again and again while it was being saved");
    post = post ? await postById(scope, post.id) : await postByKey(scope, typing.key);
  }
}

/** A post with the edit beside it, as whoever the scope acts for would find them. */
export async function storedOf(scope: Scope, post: Post): Promise<Stored> {
  const edit = await editOf(scope, post.id);
  return { post, edit: standing(post, edit), version: versionText(post, edit) };
}

/** What another device stored: its pending edit, or the post's own text when that is newer than what is pending. */
export function othersText(stored: Stored): Stored {
  const isOld = stored.edit !== null && stored.edit.baseVersion !== stored.post.version;
  return isOld ? { ...stored, edit: null } : stored;
}

/** Whether a composer may store over what is there: it has seen it, or wrote it itself without hearing the answer. */
export function isExpected({ post, edit, version }: Stored, typing: Pick<Typing, "page" | "expected">): boolean {
  if (post.status === "trash") return false;
  if (edit && edit.page !== "" && edit.page === typing.page) return post.status === "draft" || edit.baseVersion === post.version;
  return typing.expected === version;
}

// The same words again: the answer to the first time was lost on its way.
function isRepeat({ post, edit }: Stored, typing: Typing): boolean {
  if (post.status === "trash" || !edit || (post.status !== "draft" && edit.baseVersion !== post.version)) return false;
  return JSON.stringify(edit.fields) === JSON.stringify(typing.fields);
}

async function save(scope: Scope, typing: Typing, stored: Stored | null): Promise<Autosaved | null> {
  const before = stored?.post ?? null;
  const wanted = before
    ? { ...withoutKind(typing.draft), id: before.id, version: before.version }
    : { ...typing.draft, key: typing.key };
  // A published post's pending edit is composed as well, for its refusals: what cannot be stored later is said now.
  const composed = await compose(scope, { ...wanted, status: "draft" }, before);
  if ("refuse" in composed) return { isSaved: false, refusal: composed };
  if (before && before.status !== "draft") return savePending(scope, typing, stored!);
  return saveDraft(scope, typing, { post: composed.post, before });
}

// A draft finds its kind by what is in it; only a new one may be told to be a page.
function withoutKind({ kind: _kind, ...rest }: Typing["draft"]): Typing["draft"] {
  return rest;
}

async function saveDraft(
  scope: Scope,
  typing: Typing,
  { post, before }: { post: Post; before: Post | null },
): Promise<Autosaved | null> {
  const edit = { baseVersion: post.version, number: 0, page: typing.page, fields: typing.fields };
  const isStored = await unlessTaken(scope, async (db) => {
    if (before) {
      const { id, created_at: _made, deleted_at: _gone, path: _path, path_hash: _hash, ...row } = rowOf(post, "");
      if ((await update(db, "posts", row, { id, version: before.version, status: "draft" })) === 0) return false;
    } else {
      await insert(db, "posts", [{ ...rowOf(post, hashOf(`draft ${post.id}`)), via: scope.via }]);
      const now = stamp(scope.clock.now());
      await insert(db, "post_keys", [{ key_hash: keyHash(scope, typing.key), post_id: post.id, created_at: now }]);
    }
    await writeEdit(scope, db, post.id, edit);
    return true;
  });
  return isStored ? { isSaved: true, isNew: before === null, stored: await storedOf(scope, post) } : null;
}

async function savePending(scope: Scope, typing: Typing, { post, edit }: Stored): Promise<Autosaved | null> {
  const isSaved = await scope.storage.write(async (db) => {
    const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
    const [row] = await db.query(`SELECT version FROM posts WHERE id = ?${lock}`, [post.id]);
    const last = await editOf(scope, post.id, db);
    if (Number(row?.version) !== post.version || (standing(post, last)?.number ?? 0) !== (edit?.number ?? 0)) return false;
    const number = (last?.number ?? 0) + 1;
    await writeEdit(scope, db, post.id, { baseVersion: post.version, number, page: typing.page, fields: typing.fields });
    return true;
  });
  return isSaved ? { isSaved: true, isNew: false, stored: await storedOf(scope, post) } : null;
}

// Two requests of one composer may both be the first; the key is there once.
async function unlessTaken(scope: Scope, work: (db: Transaction) => Promise<boolean>): Promise<boolean> {
  try {
    return await scope.storage.write(work);
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string };
    if (code === "ER_DUP_ENTRY" || /UNIQUE constraint failed/.test(message ?? "")) return false;
    throw error;
  }
}
