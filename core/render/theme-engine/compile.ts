import { blocksOf } from "./compile/blocks.ts";
import { Scope } from "./compile/scope.ts";
import { body } from "./compile/statements.ts";
import { TemplateError } from "./errors.ts";
import { defaultLimits } from "./limits.ts";
import type { Limits } from "./limits.ts";
import type { SyntaxNode } from "./syntax/nodes.ts";
import { parse } from "./syntax/parse.ts";
import { validate } from "./syntax/validate.ts";
import { Template } from "./template.ts";

/** Makes a source ready to render. Throws TemplateError when it is no template, too long or uses what is not available. */
export function compile(source: string, name: string, limits: Partial<Limits> = {}): Template {
  const root = readTree(source, name, { ...defaultLimits, ...limits });
  const scope = new Scope(name, false);
  const main = body(root, scope);
  return new Template(name, source, { body: main, size: scope.home.size, blocks: blocksOf(root, name) });
}

/** The checked tree of a source. Throws TemplateError. */
export function readTree(source: string, name: string, limits: Limits): SyntaxNode {
  const root = parse(source, name, limits);
  try {
    validate(root, name, limits);
  } catch (error) {
    if (error instanceof TemplateError || !(error instanceof RangeError)) throw error;
    throw new TemplateError("limit-nesting", "The template is nested too deeply.", { template: name, line: 0, column: 0 });
  }
  return root;
}
