import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Transaction } from "../../storage/storage.ts";
import { compile, TemplateError } from "../theme-engine/engine.ts";

/** Which template of which theme a blog has a copy of; without a theme it is the one the blog wears. */
export type CopyName = { readonly template: string; readonly theme?: string };

/** The key of a copy's row. */
export type CopyKey = { readonly blog_id: string; readonly theme: string; readonly template: string };

/** Where a source cannot be compiled, and why. */
export type SourceProblem = { readonly line: number; readonly column: number; readonly message: string };

/** The row's key; PublicError 422 for what cannot be a template's name. */
export function copyKey(scope: Scope, { template, theme }: CopyName): CopyKey {
  const blog = blogOf(scope);
  const name = template.endsWith(".njk") ? template : `${template}.njk`;
  if (name.length > 120 || !/^[a-z0-9-]+(\/[a-z0-9-]+)*\.njk$/.test(name))
    throw new PublicError("theme.template", "A template's name looks like post or partials/footer.", 422);
  const id = theme ?? blog.theme;
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(id)) throw new PublicError("theme.unknown", "There is no such theme.", 404);
  return { blog_id: blog.id, theme: id, template: name };
}

/** What keeps a source from being compiled; null when it can be. */
export function problemIn(source: string, template: string): SourceProblem | null {
  try {
    compile(source, template);
    return null;
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return { line: error.line, column: error.column, message: error.message };
  }
}

/** The error for a source that must not count. */
export function brokenSource(template: string, { line, column, message }: SourceProblem): PublicError {
  const sentence = `${template}, line ${line}, column ${column}: ${message}`;
  return new PublicError("theme.source", sentence, 422, { template, line, column, message });
}

/** The row as it is now, locked until the transaction ends. */
export async function lockedCopy(db: Transaction, key: CopyKey) {
  const lock = db.dialect === "mysql" ? " FOR UPDATE" : "";
  const sql = `SELECT source, state, version, draft, draft_version FROM theme_overrides WHERE blog_id = ? AND theme = ? AND template = ?${lock}`;
  const [row] = await db.query(sql, [key.blog_id, key.theme, key.template]);
  return row ?? null;
}
