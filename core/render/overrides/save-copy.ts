import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { insert, upsert, update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { defaultLimits } from "../theme-engine/engine.ts";
import type { Themes } from "../themes/themes.ts";
import { brokenSource, copyKey, lockedCopy, problemIn, type CopyKey, type CopyName, type SourceProblem } from "./copy-key.ts";
import { forgetTrouble } from "../troubles/troubles.ts";
import { noSuchCopy, originalOf } from "./originals.ts";
import { forgetOldSaves, lastNumber, sourceOfSave } from "./saves.ts";

/** What saving came to; a source that cannot be compiled is kept as a draft, and `problem` says where it stops. */
export type SavedCopy = {
  readonly theme: string;
  readonly template: string;
  readonly number: number;
  readonly state: "active" | "draft";
  readonly problem: SourceProblem | null;
};

/** Copies a blog may have, and how many letters all those of one theme. */
const most = { copies: 300, letters: 1024 * 1024 };

/**
 * Keeps a source as the blog's own copy of a template. It counts at once when it can be compiled, unless `asDraft`; every save
 * is kept in the history. `expected` is the number of the newest save that whoever saves has seen (0 for none). PublicError 422
 * for what is too long, 409 for one copy too many or another newest save.
 */
export async function saveOwnCopy(
  scope: Scope,
  themes: Themes,
  wanted: CopyName & { readonly source: string; readonly asDraft?: boolean; readonly expected?: number },
): Promise<SavedCopy> {
  const key = copyKey(scope, wanted);
  const { source } = wanted;
  if (source.length > defaultLimits.source)
    throw new PublicError("theme.copy-size", "A template has 64 KB at most.", 422, { n: 64 });
  const problem = problemIn(source, key.template);
  const isActive = problem === null && wanted.asDraft !== true;
  return scope.storage.write(async (db) => {
    const before = await lockedCopy(db, key);
    const isNew = before === null || before.state === "removed";
    const newest = isNew ? 0 : Math.max(Number(before.version), Number(before.draft_version ?? 0));
    if (wanted.expected !== undefined && wanted.expected !== newest)
      throw new PublicError("theme.copy-stale", "Somebody else saved this template meanwhile.", 409);
    if (isNew) await refuseTooMany(db, key.blog_id);
    await refuseTooLarge(db, key, source.length);
    const number = (await lastNumber(db, key, before)) + 1;
    const now = stamp(scope.clock.now());
    const account = scope.principal.accountId ?? blogOf(scope).ownerId;
    await insert(db, "template_saves", [{ ...key, number, source, account_id: account, created_at: now }]);
    const common = { account_id: account, updated_at: now };
    const active = { source, state: "active", reason: "", version: number, draft: null, draft_version: null };
    const draft = { draft: source, draft_version: number };
    if (isNew) {
      const empty = { source: "", state: "draft", reason: "", version: 0 };
      const original = originalOf(themes, key.theme, key.template);
      const row = { ...key, ...(isActive ? active : { ...empty, ...draft }), original, ...common };
      await upsert(db, "theme_overrides", row, Object.keys(key));
    } else await update(db, "theme_overrides", { ...(isActive ? active : draft), ...common }, key);
    await forgetOldSaves(db, key, number);
    if (isActive) await nowCounts(scope, db, key);
    return { theme: key.theme, template: key.template, number, state: isActive ? "active" : "draft", problem };
  });
}

/** The same, for a source that is to count or not to be kept at all: PublicError 422 with line and column. Gives the whole name. */
export async function setOwnCopy(scope: Scope, themes: Themes, name: string, source: string): Promise<string> {
  const { template } = copyKey(scope, { template: name });
  const problem = problemIn(source, template);
  if (problem) throw brokenSource(template, problem);
  return (await saveOwnCopy(scope, themes, { template, source })).template;
}

/** Lets a save of the history count (a draft, or an older one); PublicError 404 for no such save, 422 when it cannot be compiled. */
export async function activateOwnCopy(scope: Scope, name: CopyName, number: number): Promise<void> {
  const key = copyKey(scope, name);
  const source = await sourceOfSave(scope, key, number);
  const problem = problemIn(source, key.template);
  if (problem) throw brokenSource(key.template, problem);
  await scope.storage.write(async (db) => {
    const before = await lockedCopy(db, key);
    if (!before || before.state === "removed") throw noSuchCopy(key.template);
    const change = { source, state: "active", reason: "", version: number, updated_at: stamp(scope.clock.now()) };
    await update(db, "theme_overrides", change, key);
    if (before.draft_version === number) await update(db, "theme_overrides", { draft: null, draft_version: null }, key);
    await nowCounts(scope, db, key);
  });
}

async function nowCounts(scope: Scope, db: Transaction, key: CopyKey): Promise<void> {
  await forgetTrouble(db, key.blog_id, key.theme, key.template);
  await scope.touch(db, key.blog_id);
}

/** Forgets what was saved and does not count; the history keeps it. A copy that never counted is removed. */
export async function discardDraft(scope: Scope, name: CopyName): Promise<void> {
  const key = copyKey(scope, name);
  await scope.storage.write(async (db) => {
    const before = await lockedCopy(db, key);
    if (!before || before.draft_version === null) return;
    await update(db, "theme_overrides", { draft: null, draft_version: null }, key);
    if (before.state === "draft") await update(db, "theme_overrides", { state: "removed" }, key);
  });
}

/** Goes back to the theme's own template; false when there is no copy. Its saves stay in the history. */
export async function removeOwnCopy(scope: Scope, name: CopyName): Promise<boolean> {
  const key = copyKey(scope, name);
  return (await removeWhere(scope, key.theme, key.template)) > 0;
}

/** Goes back to a theme's own templates, all of them; gives how many copies there were. */
export async function removeOwnCopies(scope: Scope, theme: string): Promise<number> {
  return removeWhere(scope, theme);
}

// The rows stay with their numbers: a copy that comes later must not pass for this one, which processes keep compiled.
async function removeWhere(scope: Scope, theme: string, template?: string): Promise<number> {
  const blog = blogOf(scope);
  const [which, values] = template === undefined ? ["theme = ?", [theme]] : ["theme = ? AND template = ?", [theme, template]];
  const set = "state = 'removed', source = '', reason = '', draft = NULL, draft_version = NULL, updated_at = ?";
  const sql = `UPDATE theme_overrides SET ${set} WHERE blog_id = ? AND ${which} AND state <> 'removed'`;
  return scope.storage.write(async (db) => {
    const removed = await db.run(sql, [stamp(scope.clock.now()), blog.id, ...values]);
    if (removed === 0) return 0;
    await forgetTrouble(db, blog.id, theme, template);
    await scope.touch(db, blog.id);
    return removed;
  });
}

async function refuseTooMany(db: Transaction, blogId: string): Promise<void> {
  const sql = "SELECT COUNT(*) AS number FROM theme_overrides WHERE blog_id = ? AND state <> 'removed'";
  const [row] = await db.query(sql, [blogId]);
  if (Number(row!.number) >= most.copies)
    throw new PublicError("theme.copies", `A blog has ${most.copies} own templates at most.`, 409, { n: most.copies });
}

async function refuseTooLarge(db: Transaction, key: CopyKey, length: number): Promise<void> {
  const sql = "SELECT SUM(LENGTH(source)) AS letters FROM theme_overrides WHERE blog_id = ? AND theme = ? AND template <> ?";
  const [row] = await db.query(sql, [key.blog_id, key.theme, key.template]);
  if (Number(row?.letters ?? 0) + length > most.letters)
    throw new PublicError("theme.copies-size", "All own templates of a theme together have 1 MB at most.", 409);
}
