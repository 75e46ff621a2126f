import { TemplateError } from "./theme-engine/engine.ts";
import type { TemplateChain } from "./themes/template-chain.ts";

/** What looking for a misuse needs of a page: its templates, and a drawing of it with other ones that throws when it fails. */
export type Suspicion = { readonly chain: TemplateChain; draw(chain: TemplateChain): void };

// One copy that wastes the whole page's budget must not waste it ten times.
const mostSuspects = (error: TemplateError): number => (/^limit-(fuel|time)$/.test(error.code) ? 1 : 10);

/**
 * Templates of the base theme work; one that fails was given something by a template above it. When the page can be drawn
 * without one of the blog's own copies, it was that copy: the error in its name, else null.
 */
export function misuseIn({ chain, draw }: Suspicion, error: TemplateError): TemplateError | null {
  if (!error.template.startsWith("base/") || chain.overrideOf(error.template)) return null;
  const same = chain.without();
  if (isDrawn(same, draw)) return null;
  const copy = same.copiesUsed.slice(0, mostSuspects(error)).find((key) => isDrawn(chain.without(key), draw));
  if (copy === undefined) return null;
  const message = `${error.template}, which it uses, fails with what it is given (line ${error.line}): ${error.message}`;
  return new TemplateError(error.code, message, { template: copy, line: 1, column: 1 });
}

function isDrawn(chain: TemplateChain, draw: Suspicion["draw"]): boolean {
  try {
    draw(chain);
    return true;
  } catch (error) {
    if (error instanceof TemplateError) return false;
    throw error;
  }
}
