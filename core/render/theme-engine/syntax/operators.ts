import type { NodeOf, SyntaxNode } from "./nodes.ts";

/** Operators of JavaScript that stock nunjucks writes into its generated code. */
export type Operator = "||" | "&&" | "==" | "!=" | "===" | "!==" | "<" | ">" | "<=" | ">=" | "+" | "-" | "*" | "/" | "%";

/** An expression as JavaScript would read it. */
export type Operation =
  | { kind: "atom"; node: SyntaxNode }
  | { kind: "text" }
  | { kind: "unary"; operator: "!" | "-" | "+"; target: Operation }
  | { kind: "binary"; operator: Operator; left: Operation; right: Operation; node: SyntaxNode };

const strength: Record<Operator, number> = {
  // prettier-ignore
  "||": 1,
  "&&": 2,
  "==": 3,
  "!=": 3,
  "===": 3,
  "!==": 3,
  "<": 4,
  ">": 4,
  "<=": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
};

const symbols = { Or: "||", And: "&&", Add: "+", Sub: "-", Mul: "*", Div: "/", Mod: "%" } as const;
const prefixes = { Not: "!", Neg: "-", Pos: "+" } as const;

type Piece = { operand: Operation } | { operator: Operator; node: SyntaxNode };

/**
 * Regroups operators. nunjucks' compiler writes a parsed expression down flat, without parentheses, and JavaScript then
 * groups it anew: `5 * 7 % 4` is 3 there and not 15, `not a == b` is `(not a) == b`. Templates rely on what comes out,
 * so the same is done here: flatten as nunjucks writes, group as JavaScript reads.
 */
export function regroup(node: SyntaxNode): Operation {
  const pieces: Piece[] = [];
  flatten(node, pieces);
  return climb(pieces, { next: 0 }, 1);
}

function flatten(node: SyntaxNode, into: Piece[]): void {
  switch (node.typename) {
    case "Or":
    case "And":
    case "Add":
    case "Sub":
    case "Mul":
    case "Div":
    case "Mod":
      return between(node, [{ operator: symbols[node.typename], node }], into);
    case "Concat":
      return between(node, [{ operator: "+", node }, { operand: { kind: "text" } }, { operator: "+", node }], into);
    case "Not":
    case "Neg":
    case "Pos":
      return prefix(node, into);
    case "Compare":
      flatten(node.expr, into);
      for (const operand of node.ops as NodeOf<"CompareOperand">[]) {
        into.push({ operator: operand.type as Operator, node });
        flatten(operand.expr, into);
      }
      return;
    default:
      into.push({ operand: { kind: "atom", node } });
  }
}

function between(node: { left: SyntaxNode; right: SyntaxNode }, middle: Piece[], into: Piece[]): void {
  flatten(node.left, into);
  into.push(...middle);
  flatten(node.right, into);
}

// A prefix binds to the first operand only, whatever the parser put under it.
function prefix(node: NodeOf<"Not" | "Neg" | "Pos">, into: Piece[]): void {
  const at = into.length;
  flatten(node.target, into);
  const first = into[at];
  if (first !== undefined && "operand" in first)
    into[at] = { operand: { kind: "unary", operator: prefixes[node.typename], target: first.operand } };
}

function climb(pieces: readonly Piece[], cursor: { next: number }, weakest: number): Operation {
  const first = pieces[cursor.next++];
  if (first === undefined || !("operand" in first)) throw new Error("An operand was expected.");
  let left = first.operand;
  for (;;) {
    const piece = pieces[cursor.next];
    if (piece === undefined || !("operator" in piece) || strength[piece.operator] < weakest) return left;
    cursor.next++;
    const right = climb(pieces, cursor, strength[piece.operator] + 1);
    left = { kind: "binary", operator: piece.operator, left, right, node: piece.node };
  }
}
