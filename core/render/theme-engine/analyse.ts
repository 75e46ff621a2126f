import { nameOf } from "./compile/calls.ts";
import { defaultLimits } from "./limits.ts";
import { readTree } from "./compile.ts";
import { childrenOf } from "./syntax/nodes.ts";
import type { SyntaxNode } from "./syntax/nodes.ts";
import type { Template } from "./template.ts";

/** Something a template names, and the line (from 1) it stands in. */
export type Mention = { name: string; line: number };

/** What a template uses, for the theme checker. Names computed while rendering are "" in includes and extends. */
export type Analysis = {
  blocks: Mention[];
  includes: (Mention & { optional: boolean })[];
  imports: Mention[];
  extends: Mention[];
  macros: Mention[];
  /** Called names that are no macro of this template and no import, with the first argument where it is a literal text, else "". */
  functions: (Mention & { first: string })[];
  filters: Mention[];
  tests: Mention[];
  /** Dotted paths that start at the page's data, as `post.author.name`. */
  contextPaths: Mention[];
  /** First arguments of `slot("…")`. */
  slots: Mention[];
  /** `safe` on something that is no literal. */
  unsafe: Mention[];
};

/** Lists what a template uses. */
export function analyse(template: Template): Analysis {
  const source = template.source;
  const root = readTree(source, template.name, { ...defaultLimits, source: source.length, nesting: 1000 });
  const analysis: Analysis = {
    // prettier-ignore
    blocks: [],
    includes: [],
    imports: [],
    extends: [],
    macros: [],
    functions: [],
    filters: [],
    tests: [],
    contextPaths: [],
    slots: [],
    unsafe: [],
  };
  visit(root, analysis, new Set(["loop", "caller"]));
  return analysis;
}

function visit(node: SyntaxNode, found: Analysis, known: Set<string>): void {
  const line = (node.lineno ?? 0) + 1;
  const names = bindings(node);
  const inside = opens(node) ? new Set([...known, ...names]) : known;
  if (inside === known) for (const name of names) known.add(name);
  note(node, found, line);
  if (node.typename === "Symbol" || node.typename === "LookupVal") {
    const path = pathOf(node);
    if (path !== null) {
      if (!known.has(path.split(".")[0] ?? "")) found.contextPaths.push({ name: path, line });
      return;
    }
  }
  if (node.typename === "FunCall" && pathOf(node.name) !== null) {
    if (!known.has(nameOf(node.name).split(".")[0] ?? "")) noteCall(node, found, line);
    return visit(node.args, found, inside);
  }
  for (const child of used(node)) visit(child, found, inside);
}

function note(node: SyntaxNode, found: Analysis, line: number): void {
  if (node.typename === "Block") found.blocks.push({ name: nameOf(node.name), line });
  if (node.typename === "Include")
    found.includes.push({ name: literal(node.template), line, optional: node.ignoreMissing === true });
  if (node.typename === "Import" || node.typename === "FromImport") found.imports.push({ name: literal(node.template), line });
  if (node.typename === "Extends") found.extends.push({ name: literal(node.template), line });
  if (node.typename === "Macro") found.macros.push({ name: nameOf(node.name), line });
  if (node.typename === "Is" && node.right.typename !== "Literal")
    found.tests.push({ name: nameOf(node.right.typename === "FunCall" ? node.right.name : node.right), line });
  if (node.typename !== "Filter") return;
  const name = nameOf(node.name);
  found.filters.push({ name, line });
  const [first] = childrenOf(node.args);
  if (name === "safe" && first?.typename !== "Literal") found.unsafe.push({ name: nameOf(first), line });
}

function noteCall(node: SyntaxNode & { typename: "FunCall" | "Filter" }, found: Analysis, line: number): void {
  const name = nameOf(node.name);
  if (name === "super") return;
  const first = literal(childrenOf(node.args)[0]);
  found.functions.push({ name, line, first });
  if (name === "slot") found.slots.push({ name: first, line });
}

// The children that hold expressions of their own: names that are only being given are left out.
function used(node: SyntaxNode): SyntaxNode[] {
  switch (node.typename) {
    case "Filter":
      return [node.args];
    case "Is":
      return node.right.typename === "FunCall" ? [node.left, node.right.args] : [node.left];
    case "Pair":
      return [node.value];
    case "Block":
      return [node.body];
    case "Import":
    case "FromImport":
      return [node.template];
    default:
      return childrenOf(node);
  }
}

function opens(node: SyntaxNode): boolean {
  return node.typename === "For" || node.typename === "Macro" || node.typename === "Caller";
}

function bindings(node: SyntaxNode): string[] {
  switch (node.typename) {
    case "For":
      return node.name.typename === "Array" ? node.name.children.map(nameOf) : [nameOf(node.name)];
    case "Macro":
    case "Caller":
      return [nameOf(node.name), ...childrenOf(node.args).flatMap(parameterNames)];
    case "Set":
      return node.targets.map(nameOf);
    case "Import":
      return [nameOf(node.target)];
    case "FromImport":
      return childrenOf(node.names).map((child) => nameOf(child.typename === "Pair" ? child.value : child));
    case "NodeList":
    case "Root":
      // A macro may be called above the place where it stands.
      return node.children.flatMap((child) => (child.typename === "Macro" ? [nameOf(child.name)] : []));
    default:
      return [];
  }
}

function parameterNames(node: SyntaxNode): string[] {
  if (node.typename === "KeywordArgs") return node.children.map((pair) => (pair.typename === "Pair" ? nameOf(pair.key) : ""));
  return [nameOf(node)];
}

function pathOf(node: SyntaxNode): string | null {
  if (node.typename === "Symbol") return node.value;
  if (node.typename !== "LookupVal" || node.val?.typename !== "Literal" || typeof node.val.value !== "string") return null;
  const before = pathOf(node.target);
  return before === null ? null : `${before}.${node.val.value}`;
}

function literal(node: SyntaxNode | undefined): string {
  return node?.typename === "Literal" && typeof node.value === "string" ? node.value : "";
}
