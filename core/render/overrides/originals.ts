import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Themes } from "../themes/themes.ts";
import { copyKey, type CopyName } from "./copy-key.ts";

/** What a copy stands in for, at three times; equal `was` and `is` mean that the theme did not change its file. */
export type Comparison = {
  /** The theme's file when it was copied; empty when there was none, null when that was not remembered. */
  readonly was: string | null;
  /** The theme's file now; empty when there is none. */
  readonly is: string;
  readonly own: string;
  readonly hasThemeChanged: boolean;
};

/** The text of a template as the theme has it, or the nearest of its parents; empty when none has. */
export function originalOf(themes: Themes, theme: string, template: string): string {
  for (const one of themes.chain(theme)) {
    const source = one.source(template);
    if (source !== null) return source;
  }
  return "";
}

/** A copy beside the theme's file, then and now; PublicError 404 when the blog has no such copy. */
export async function compareCopy(scope: Scope, themes: Themes, name: CopyName): Promise<Comparison> {
  const key = copyKey(scope, name);
  const sql =
    "SELECT source, draft, original FROM theme_overrides WHERE blog_id = ? AND theme = ? AND template = ? AND state <> 'removed'";
  const [row] = await scope.storage.query(sql, [key.blog_id, key.theme, key.template]);
  if (!row) throw noSuchCopy(key.template);
  const was = row.original === null ? null : String(row.original);
  const is = originalOf(themes, key.theme, key.template);
  return { was, is, own: String(row.draft ?? row.source), hasThemeChanged: was !== null && was !== is };
}

/** Remembers the theme's file of now as the one the copy was made of: its owner has seen what changed. */
export async function acceptOriginal(scope: Scope, themes: Themes, name: CopyName): Promise<void> {
  const key = copyKey(scope, name);
  const sql = "UPDATE theme_overrides SET original = ? WHERE blog_id = ? AND theme = ? AND template = ? AND state <> 'removed'";
  const values = [originalOf(themes, key.theme, key.template), key.blog_id, key.theme, key.template];
  const changed = await scope.storage.write((db) => db.run(sql, values));
  if (changed === 0) throw noSuchCopy(key.template);
}

/** The error for a copy that a blog does not have. */
export function noSuchCopy(template: string): PublicError {
  return new PublicError("theme.no-own", `This blog has no own “${template}”.`, 404, { template });
}
