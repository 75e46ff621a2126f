import { stamp } from "../clock.ts";
import { PublicError } from "../errors.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import { upsert } from "../storage/rows.ts";
import type { Transaction } from "../storage/storage.ts";
import { compile, TemplateError } from "./theme-engine/engine.ts";

/** A blog's own copy of a template of a theme; `reason` says why it was switched off. */
export type OwnCopy = {
  readonly theme: string;
  readonly template: string;
  readonly state: "active" | "failed";
  readonly reason: string;
  readonly updatedAt: string;
};

/** Copies a blog may have. */
const most = 300;

/** The blog's own copies, by theme and name. */
export async function ownCopies(scope: Scope): Promise<readonly OwnCopy[]> {
  const sql =
    "SELECT theme, template, state, reason, updated_at FROM theme_overrides WHERE blog_id = ? AND state <> 'removed' ORDER BY theme, template LIMIT 300";
  const rows = await scope.storage.query(sql, [blogOf(scope).id]);
  return rows.map((row) => ({
    theme: String(row.theme),
    template: String(row.template),
    state: row.state as OwnCopy["state"],
    reason: String(row.reason),
    updatedAt: String(row.updated_at),
  }));
}

/**
 * Keeps the blog's own copy of a template of its theme; pages show it at once. Gives the template's whole name. PublicError
 * 422 with line and column when it cannot be compiled, 409 when there are 300 already.
 */
export async function setOwnCopy(scope: Scope, name: string, source: string): Promise<string> {
  const template = templateName(name);
  refuseBroken(template, source);
  const blog = blogOf(scope);
  const key = { blog_id: blog.id, theme: blog.theme, template };
  await scope.storage.write(async (db) => {
    const version = (await versionOf(db, key)) + 1;
    if (version === 1) await refuseTooMany(db, blog.id);
    const now = stamp(scope.clock.now());
    const account = scope.principal.accountId ?? blog.ownerId;
    const row = { ...key, source, state: "active", reason: "", version, account_id: account, updated_at: now };
    await upsert(db, "theme_overrides", row, Object.keys(key));
    await scope.touch(db, blog.id);
  });
  return template;
}

/** Goes back to the theme's own template; false when there is no copy. */
export async function removeOwnCopy(scope: Scope, name: string): Promise<boolean> {
  const blog = blogOf(scope);
  // The row stays with its number: a copy that comes later must not pass for this one, which processes keep compiled.
  const sql =
    "UPDATE theme_overrides SET state = 'removed', source = '', reason = '', updated_at = ? WHERE blog_id = ? AND theme = ? AND template = ? AND state <> 'removed'";
  return scope.storage.write(async (db) => {
    const removed = await db.run(sql, [stamp(scope.clock.now()), blog.id, blog.theme, templateName(name)]);
    if (removed > 0) await scope.touch(db, blog.id);
    return removed > 0;
  });
}

function templateName(name: string): string {
  const template = name.endsWith(".njk") ? name : `${name}.njk`;
  if (template.length > 120 || !/^[a-z0-9-]+(\/[a-z0-9-]+)*\.njk$/.test(template))
    throw new PublicError("theme.template", "A template's name looks like post or partials/footer.", 422);
  return template;
}

function refuseBroken(template: string, source: string): void {
  try {
    compile(source, template);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const { line, column, message } = error;
    throw new PublicError("theme.source", `${template}, line ${line}, column ${column}: ${message}`, 422, {
      template,
      line,
      column,
      message,
    });
  }
}

async function versionOf(db: Transaction, key: { blog_id: string; theme: string; template: string }): Promise<number> {
  const sql = "SELECT version FROM theme_overrides WHERE blog_id = ? AND theme = ? AND template = ?";
  const [row] = await db.query(sql, [key.blog_id, key.theme, key.template]);
  return Number(row?.version ?? 0);
}

async function refuseTooMany(db: Transaction, blogId: string): Promise<void> {
  const sql = "SELECT COUNT(*) AS number FROM theme_overrides WHERE blog_id = ? AND state <> 'removed'";
  const [row] = await db.query(sql, [blogId]);
  if (Number(row!.number) >= most)
    throw new PublicError("theme.copies", `A blog has ${most} own templates at most.`, 409, { n: most });
}
