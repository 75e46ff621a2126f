import { changeSettings } from "../../blogs/site-settings.ts";
import { stamp } from "../../clock.ts";
import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Json, Properties } from "../../hooks/values.ts";
import { ulid } from "../../ids.ts";
import { insert, marks, update } from "../../storage/rows.ts";
import type { Transaction } from "../../storage/storage.ts";
import { storePreview } from "../preview.ts";
import type { Themes } from "../themes/themes.ts";
import { changed, problemsOf, stateOf, type DesignChange, type DesignProblem, type DesignState } from "./design-change.ts";

/** A look the blog had, in its history. */
export type PastDesign = { readonly id: string; readonly theme: string; readonly accountId: string; readonly at: string };

/** Saved looks that are kept of a blog. */
const mostKept = 20;

/** What keeps a change of the looks from being made, field by field; empty when nothing does. */
export function designProblems(scope: Scope, themes: Themes, change: DesignChange): readonly DesignProblem[] {
  return problemsOf(change, themes.chain(change.theme ?? blogOf(scope).theme));
}

/** A look as it was saved, with its id in the history. */
export type SavedDesign = DesignState & { readonly id: string };

/**
 * Changes a blog's looks; readers see it at once, and the look is kept in the history. `expected` is the id of the newest look
 * that whoever saves has seen (empty for none): PublicError 409 when there is another, 422 with the first problem.
 */
export async function saveDesign(scope: Scope, themes: Themes, change: DesignChange, expected?: string): Promise<SavedDesign> {
  refuseUnusable(scope, themes, change.theme);
  const [problem] = designProblems(scope, themes, change);
  if (problem) throw new PublicError(problem.key, problem.message, 422, problem.values);
  return write(scope, (before) => changed(before, change, themes.chain(change.theme ?? before.theme)), expected);
}

/** Shows a change of the looks to whoever has the address, for 15 minutes, before it is saved; `path` is the page to look at. */
export async function previewDesign(scope: Scope, themes: Themes, change: DesignChange, path = "/"): Promise<string> {
  refuseUnusable(scope, themes, change.theme);
  const theme = change.theme ?? blogOf(scope).theme;
  const { design } = changed(stateOf(blogOf(scope)), change, themes.chain(theme));
  const address = new URL(await storePreview(scope, "design", { theme, settings: { design } as Properties }));
  return new URL(path.replace(/^\/+/, "/") + address.search, blogOf(scope).url).href;
}

/** The looks a blog had, the newest (which is the one of now) first; at most 20. */
export async function designHistory(scope: Scope): Promise<readonly PastDesign[]> {
  const sql = `SELECT id, theme, account_id, created_at FROM design_states WHERE blog_id = ? ORDER BY created_at DESC, id DESC LIMIT ${mostKept}`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id]);
  return rows.map((row) => ({
    id: String(row.id),
    theme: String(row.theme),
    accountId: String(row.account_id),
    at: String(row.created_at),
  }));
}

/** A look of the history as it was; PublicError 404 when it is not kept. */
export async function pastDesign(scope: Scope, id: string): Promise<DesignState> {
  const sql = "SELECT theme, design FROM design_states WHERE blog_id = ? AND id = ?";
  const [row] = await scope.storage.query(sql, [blogOf(scope).id, id.slice(0, 26)]);
  if (!row) throw new PublicError("design.no-state", "This look is not kept any more.", 404);
  return { theme: String(row.theme), design: JSON.parse(String(row.design)) as { [key: string]: Json } };
}

/** Goes back to a look of the history, which becomes the newest. PublicError 404, or 409 when its theme is gone. */
export async function restoreDesign(scope: Scope, themes: Themes, id: string): Promise<SavedDesign> {
  const past = await pastDesign(scope, id);
  refuseUnusable(scope, themes, past.theme);
  return write(scope, () => past);
}

function refuseUnusable(scope: Scope, themes: Themes, theme: string | undefined): void {
  // A theme that is worn already may have broken meanwhile; its settings can be changed all the same.
  if (theme === undefined || theme === blogOf(scope).theme) return;
  const problem = themes.problemOf(theme);
  if (problem !== null || !themes.find(theme))
    throw new PublicError("design.theme", `“${theme.slice(0, 40)}” cannot be used: ${problem ?? "it is missing."}`, 409, {
      theme: theme.slice(0, 40),
      reason: problem ?? "",
    });
}

async function write(scope: Scope, make: (before: DesignState) => DesignState, expected?: string): Promise<SavedDesign> {
  const blog = blogOf(scope);
  const now = scope.clock.now();
  return scope.storage.write(async (db) => {
    const [row] = await db.query("SELECT theme FROM blogs WHERE id = ?", [blog.id]);
    let before: DesignState = { theme: String(row?.theme ?? blog.theme), design: {} };
    let after = before;
    const change = (settings: Properties): Properties => {
      before = stateOf({ theme: before.theme, settings });
      after = make(before);
      return { ...settings, design: after.design };
    };
    await changeSettings(db, blog.id, change, now);
    // Asked after the blog's row is locked: of two who save at once, the second sees the first one's look.
    const sql = "SELECT id FROM design_states WHERE blog_id = ? ORDER BY created_at DESC, id DESC LIMIT 1";
    const newest = String((await db.query(sql, [blog.id]))[0]?.id ?? "");
    if (expected !== undefined && expected !== newest)
      throw new PublicError("design.stale", "Somebody else changed the looks meanwhile.", 409);
    await update(db, "blogs", { theme: after.theme }, { id: blog.id });
    const id = await keep(scope, db, { before: newest === "" ? before : null, after });
    await scope.touch(db, blog.id);
    return { ...after, id };
  });
}

async function keep(
  scope: Scope,
  db: Transaction,
  { before, after }: { before: DesignState | null; after: DesignState },
): Promise<string> {
  const blog = blogOf(scope);
  const now = scope.clock.now();
  const row = ({ theme, design }: DesignState, accountId: string, at: number) => ({
    id: ulid(at),
    blog_id: blog.id,
    theme,
    design: JSON.stringify(design),
    account_id: accountId,
    created_at: stamp(new Date(at)),
  });
  // The first change must find its way back too.
  const first = before ? [row(before, blog.ownerId, now.getTime() - 1)] : [];
  const last = row(after, scope.principal.accountId ?? blog.ownerId, now.getTime());
  await insert(db, "design_states", [...first, last]);
  const kept = await db.query(
    `SELECT id FROM design_states WHERE blog_id = ? ORDER BY created_at DESC, id DESC LIMIT ${mostKept}`,
    [blog.id],
  );
  const ids = kept.map(({ id }) => String(id));
  await db.run(`DELETE FROM design_states WHERE blog_id = ? AND id NOT IN (${marks(ids.length)})`, [blog.id, ...ids]);
  return last.id;
}
