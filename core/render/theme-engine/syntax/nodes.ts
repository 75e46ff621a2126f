type At = { lineno: number; colno: number };

/** Two things around an operator. */
export type BinaryName = "Or" | "And" | "Add" | "Concat" | "Sub" | "Mul" | "Div" | "FloorDiv" | "Mod" | "Pow" | "In";

// One member for each name, so that a name picks its member.
type Each<Name extends string, Fields> = Name extends Name ? At & { typename: Name } & Fields : never;

/** The trees nunjucks' parser makes, as far as the engine allows them. */
export type SyntaxNode =
  | Each<"Root" | "NodeList" | "Output" | "Group" | "Array" | "Dict" | "KeywordArgs", { children: SyntaxNode[] }>
  | Each<"Literal", { value: unknown }>
  | Each<"TemplateData" | "Symbol", { value: string }>
  | Each<"Pair", { key: SyntaxNode; value: SyntaxNode }>
  | Each<"LookupVal", { target: SyntaxNode; val: SyntaxNode | undefined }>
  | Each<"If" | "InlineIf", { cond: SyntaxNode; body: SyntaxNode; else_: SyntaxNode | null }>
  | Each<"For", { arr: SyntaxNode; name: SyntaxNode; body: SyntaxNode; else_: SyntaxNode | null }>
  | Each<"Macro" | "Caller", { name: SyntaxNode; args: SyntaxNode; body: SyntaxNode }>
  | Each<"Import", { template: SyntaxNode; target: SyntaxNode; withContext: boolean | null }>
  | Each<"FromImport", { template: SyntaxNode; names: SyntaxNode; withContext: boolean | null }>
  | Each<"FunCall" | "Filter", { name: SyntaxNode; args: SyntaxNode }>
  | Each<"Block", { name: SyntaxNode; body: SyntaxNode }>
  | Each<"Extends", { template: SyntaxNode }>
  | Each<"Include", { template: SyntaxNode; ignoreMissing: boolean | null }>
  | Each<"Set", { targets: SyntaxNode[]; value: SyntaxNode | null; body?: SyntaxNode }>
  | Each<"Capture", { body: SyntaxNode }>
  | Each<"Not" | "Neg" | "Pos", { target: SyntaxNode }>
  | Each<BinaryName | "Is", { left: SyntaxNode; right: SyntaxNode }>
  | Each<"Compare", { expr: SyntaxNode; ops: SyntaxNode[] }>
  | Each<"CompareOperand", { expr: SyntaxNode; type: string }>;

/** A node of certain kinds. */
export type NodeOf<T extends SyntaxNode["typename"]> = Extract<SyntaxNode, { typename: T }>;

/** The nodes directly inside a node, in the order of the source. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  switch (node.typename) {
    case "Literal":
    case "TemplateData":
    case "Symbol":
      return [];
    case "Pair":
      return [node.key, node.value];
    case "LookupVal":
      return present(node.target, node.val);
    case "If":
    case "InlineIf":
      return present(node.cond, node.body, elseOf(node));
    case "For":
      return present(node.arr, node.name, node.body, elseOf(node));
    case "Macro":
    case "Caller":
      return [node.name, node.args, node.body];
    case "Import":
      return [node.template, node.target];
    case "FromImport":
      return [node.template, node.names];
    case "FunCall":
    case "Filter":
      return [node.name, node.args];
    case "Block":
      return [node.name, node.body];
    case "Extends":
    case "Include":
      return [node.template];
    case "Set":
      return present(...node.targets, node.value, node.body);
    case "Capture":
      return [node.body];
    case "Not":
    case "Neg":
    case "Pos":
      return [node.target];
    case "Compare":
      return [node.expr, ...node.ops];
    case "CompareOperand":
      return [node.expr];
    default:
      return "left" in node ? [node.left, node.right] : node.children;
  }
}

function present(...nodes: (SyntaxNode | null | undefined)[]): SyntaxNode[] {
  return nodes.filter((node) => node !== null && node !== undefined);
}

/** The place of a node as the engine counts it: line * 65536 + column. */
export function positionOf(node: SyntaxNode): number {
  return Math.min(node.lineno ?? 0, 32767) * 65536 + Math.min(node.colno ?? 0, 65535);
}

/** The other branch of an if or for, null without one. */
export function elseOf(node: NodeOf<"If" | "InlineIf" | "For">): SyntaxNode | null {
  // oxlint-disable-next-line no-underscore-dangle -- nunjucks' name
  return node.else_;
}
