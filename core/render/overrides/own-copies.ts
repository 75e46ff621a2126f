import { blogOf, type Scope } from "../../hooks/scope.ts";
import type { Row } from "../../storage/storage.ts";
import type { Themes } from "../themes/themes.ts";
import { copyKey, problemIn, type CopyName, type SourceProblem } from "./copy-key.ts";
import { originalOf } from "./originals.ts";

/**
 * A blog's own copy of a template of a theme. `active` ones count while that theme or a child of it is worn, `failed` ones were
 * switched off (`reason` says why) until they are edited, `draft` ones were never switched on.
 */
export type OwnCopy = {
  readonly theme: string;
  readonly template: string;
  readonly state: "active" | "failed" | "draft";
  readonly reason: string;
  /** The number of the save that counts; 0 for none. */
  readonly version: number;
  /** The number of a later save that does not count yet. */
  readonly draftVersion: number | null;
  readonly accountId: string;
  readonly updatedAt: string;
  /** The theme, or a child of it, is worn now. */
  readonly isApplied: boolean;
  /** The theme's own file is another than the one that was copied. */
  readonly hasThemeChanged: boolean;
};

/** A copy with its texts. */
export type OwnCopyTexts = OwnCopy & {
  readonly source: string;
  readonly draft: string | null;
  /** Why the draft, or else the source, cannot count. */
  readonly problem: SourceProblem | null;
};

const columns = "theme, template, source, state, reason, version, draft, draft_version, original, account_id, updated_at";

/** The blog's own copies, by theme and name. */
export async function ownCopies(scope: Scope, themes: Themes): Promise<readonly OwnCopy[]> {
  const sql = `SELECT ${columns} FROM theme_overrides WHERE blog_id = ? AND state <> 'removed' ORDER BY theme, template LIMIT 300`;
  const rows = await scope.storage.query(sql, [blogOf(scope).id]);
  return rows.map((row) => copyFrom(scope, themes, row));
}

/** One copy with its texts; null when the blog has none of that name. */
export async function ownCopy(scope: Scope, themes: Themes, name: CopyName): Promise<OwnCopyTexts | null> {
  const key = copyKey(scope, name);
  const sql = `SELECT ${columns} FROM theme_overrides WHERE blog_id = ? AND theme = ? AND template = ? AND state <> 'removed'`;
  const [row] = await scope.storage.query(sql, [key.blog_id, key.theme, key.template]);
  if (!row) return null;
  const source = String(row.source);
  const draft = row.draft === null ? null : String(row.draft);
  return { ...copyFrom(scope, themes, row), source, draft, problem: problemIn(draft ?? source, key.template) };
}

function copyFrom(scope: Scope, themes: Themes, row: Row): OwnCopy {
  const [theme, template] = [String(row.theme), String(row.template)];
  const original = row.original === null ? null : String(row.original);
  return {
    theme,
    template,
    state: row.state as OwnCopy["state"],
    reason: String(row.reason),
    version: Number(row.version),
    draftVersion: row.draft_version === null ? null : Number(row.draft_version),
    accountId: String(row.account_id),
    updatedAt: String(row.updated_at),
    isApplied: themes.chain(blogOf(scope).theme).some(({ id }) => id === theme),
    // Copies of before originals were remembered have none to compare with.
    hasThemeChanged: original !== null && original !== originalOf(themes, theme, template),
  };
}
