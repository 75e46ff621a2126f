import { PublicError } from "../../errors.ts";
import { blogOf, type Scope } from "../../hooks/scope.ts";
import { assertLeads } from "./own-redirects.ts";
import { Roads } from "./roads.ts";
import { checkedRedirect, pathOf, type CheckedRedirect, type RedirectRules, type WantedRedirect } from "./redirect-target.ts";

/** A line that cannot be taken, and why; `error` carries the key of its sentence. */
export type LineProblem = { readonly line: number; readonly text: string; readonly error: PublicError };

/** What a file of redirects would do. */
export type FileReport = { readonly good: readonly CheckedRedirect[]; readonly problems: readonly LineProblem[] };

/** Most lines of one file. */
export const mostLines = 10_000;

/**
 * Looks at a list of redirects without changing anything: one a line, `from to [status]`, between them spaces, tabs, commas or
 * semicolons (values in quotes may hold those); empty lines and those that begin with # are passed by, and so is a heading.
 * PublicError 422 for more than 10,000 lines.
 */
export async function readRedirectFile(scope: Scope, text: string, rules: RedirectRules): Promise<FileReport> {
  const lines = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);
  const wanted = lines.flatMap((line, at) => (isPassedBy(line, at) ? [] : [{ line: at + 1, text: line.trim() }]));
  if (wanted.length > mostLines)
    throw new PublicError("redirect.lines", "A list may have 10,000 lines at most; cut it in two.", 422, { n: mostLines });
  const looks = wanted.map((entry) => ({ ...entry, ...lookAt(scope, entry.text, rules) }));
  const roads = new Roads(scope);
  await roads.learn(looks.flatMap(({ checked }) => (checked ? [checked.path, pathOf(checked.target) ?? checked.path] : [])));
  const good: CheckedRedirect[] = [];
  const planned = new Map<string, string>();
  const problems: LineProblem[] = [];
  for (const { line, text: shown, checked, error } of looks) {
    const problem = checked ? await refusal(checked, roads, planned) : error;
    if (problem) problems.push({ line, text: shown.slice(0, 200), error: problem });
    else {
      good.push(checked!);
      planned.set(checked!.path, checked!.target);
    }
  }
  return { good, problems };
}

function lookAt(scope: Scope, text: string, rules: RedirectRules): { checked?: CheckedRedirect; error?: PublicError } {
  try {
    return { checked: checkedRedirect(blogOf(scope), partsOf(text), rules) };
  } catch (error) {
    if (error instanceof PublicError) return { error };
    throw error;
  }
}

async function refusal(
  checked: CheckedRedirect,
  roads: Roads,
  planned: ReadonlyMap<string, string>,
): Promise<PublicError | null> {
  try {
    await assertLeads(checked, roads, planned);
    return null;
  } catch (error) {
    if (error instanceof PublicError) return error;
    throw error;
  }
}

function isPassedBy(line: string, at: number): boolean {
  const bare = line.trim();
  return bare === "" || bare.startsWith("#") || (at === 0 && /^"?(from|source|old|path)"?\s*[,;\t ]/i.test(bare));
}

function partsOf(line: string): WantedRedirect {
  const parts: string[] = [];
  for (const found of line.matchAll(/"((?:[^"]|"")*)"|[^\s,;"]+/g))
    parts.push(found[1] === undefined ? found[0] : found[1].replaceAll('""', '"'));
  const [from = "", to = "", status = "", ...more] = parts;
  if (to === "" || more.length > 0)
    throw new PublicError("redirect.line", "A line is: old address, new address, and 301 or 302 if you like.", 422);
  return { from, to, status };
}
