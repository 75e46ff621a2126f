import { html } from "../html.ts";
import { elseOf, positionOf } from "../syntax/nodes.ts";
import type { NodeOf, SyntaxNode } from "../syntax/nodes.ts";
import { regroup } from "../syntax/operators.ts";
import type { Operation } from "../syntax/operators.ts";
import { isSuper } from "../syntax/validate.ts";
import { emptyRecord, hasField, isRecord, read } from "../values.ts";
import { binary, numeric } from "./arithmetic.ts";
import { call, check, filter } from "./calls.ts";
import { Macro, macroCode } from "./macros.ts";
import type { Expression, Run } from "./run.ts";
import type { Scope } from "./scope.ts";
import { capture } from "./statements.ts";
import { contains } from "../search.ts";

/** Name under which a block keeps what `super()` prints; no template can write it. */
export const aboveName = "super()";

/** Compiles an expression to a closure. */
export function expression(node: SyntaxNode, scope: Scope): Expression {
  switch (node.typename) {
    case "Literal": {
      const { value } = node;
      return () => value;
    }
    case "Symbol":
      return symbol(node.value, scope);
    case "LookupVal":
      return member(node, scope);
    case "FunCall":
      return isSuper(node) ? symbol(aboveName, scope) : call(node, scope);
    case "Filter":
      return isLiteralSafe(node) ? constant(html(String(literalOf(node)))) : filter(node, scope);
    case "Is":
      return check(node, scope);
    case "In":
      return within(node, scope);
    case "InlineIf":
      return choice(node, scope);
    case "Group":
      return last(node.children.map((child) => expression(child, scope)));
    case "Array":
      return list(node.children.map((child) => expression(child, scope)));
    case "Dict":
      return record(node, scope);
    case "Caller": {
      const code = macroCode(node, scope);
      return (run) => new Macro(code, run);
    }
    case "Capture":
      return capture(node.body, scope);
    case "FloorDiv":
      return floorDivision(node, scope);
    case "Pow":
      return power(node, scope);
    default: {
      const found = regroup(node);
      if (found.kind === "atom") throw new Error(`${node.typename} is no expression.`);
      return operation(found, scope);
    }
  }
}

function constant(value: unknown): Expression {
  return () => value;
}

// `safe` trusts what the author of the template wrote down as a literal, never a value.
function isLiteralSafe(node: NodeOf<"Filter">): boolean {
  return node.name.typename === "Symbol" && node.name.value === "safe" && typeof literalOf(node) === "string";
}

function literalOf(node: NodeOf<"Filter">): unknown {
  const first = node.args.typename === "NodeList" ? node.args.children[0] : undefined;
  return first?.typename === "Literal" ? first.value : undefined;
}

function symbol(name: string, scope: Scope): Expression {
  const slot = scope.find(name);
  if (slot === null)
    return (run) => {
      const { state, context } = run;
      state.charge(1);
      if (!state.bound.has(name)) return context.given(name, state.environment.globals);
      const value = run.holder.frame.lookup(name);
      return value === undefined ? context.lookup(name, state.environment.globals) : value;
    };
  const { index, hops } = slot;
  if (hops === 0) return (run) => run.locals[index];
  return (run) => {
    let home: Run | null = run;
    for (let hop = 0; hop < hops && home !== null; hop++) home = home.outer;
    return home?.locals[index];
  };
}

function member(node: NodeOf<"LookupVal">, scope: Scope): Expression {
  const target = expression(node.target, scope);
  const at = positionOf(node);
  if (node.val?.typename === "Literal" && typeof node.val.value !== "boolean" && node.val.value !== null) {
    const key = node.val.value as string | number;
    return (run) => {
      run.state.charge(1);
      return read(target(run), key);
    };
  }
  const key = node.val === undefined ? constant(undefined) : expression(node.val, scope);
  return (run) => {
    const { state } = run;
    const object = target(run);
    const name = key(run);
    state.at = at;
    state.charge(1);
    if (name === undefined || name === null) return undefined;
    return read(object, typeof name === "number" ? name : state.key(state.text(name)));
  };
}

function within(node: NodeOf<"In">, scope: Scope): Expression {
  const left = expression(node.left, scope);
  const right = expression(node.right, scope);
  const at = positionOf(node);
  return (run) => {
    const { state } = run;
    const needle = left(run);
    const haystack = right(run);
    state.at = at;
    state.charge(1);
    if (Array.isArray(haystack)) {
      state.charge(haystack.length);
      return haystack.includes(needle);
    }
    if (isRecord(haystack)) return hasField(haystack, state.key(state.text(needle)));
    if (typeof haystack !== "string") return state.fail("type", `"in" looks into lists, texts and dicts only.`);
    return contains(state, haystack, needle === undefined || needle === null ? String(needle) : state.text(needle));
  };
}

function choice(node: NodeOf<"InlineIf">, scope: Scope): Expression {
  const condition = expression(node.cond, scope);
  const body = expression(node.body, scope);
  const otherNode = elseOf(node);
  const otherwise = otherNode === null ? constant("") : expression(otherNode, scope);
  return (run) => (condition(run) ? body(run) : otherwise(run));
}

function last(parts: Expression[]): Expression {
  const final = parts.pop() ?? constant(undefined);
  if (parts.length === 0) return final;
  return (run) => {
    for (const part of parts) part(run);
    return final(run);
  };
}

function list(parts: readonly Expression[]): Expression {
  return (run) => {
    run.state.charge(parts.length + 1);
    return parts.map((part) => part(run));
  };
}

function record(node: NodeOf<"Dict">, scope: Scope): Expression {
  const pairs = (node.children as NodeOf<"Pair">[]).map(({ key, value }) => {
    const name = key.typename === "Symbol" || key.typename === "Literal" ? String(key.value) : "";
    return { name, value: expression(value, scope) };
  });
  return (run) => {
    run.state.charge(pairs.length + 1);
    const made = emptyRecord();
    for (const { name, value } of pairs) made[name] = value(run);
    return made;
  };
}

// nunjucks writes `Math.floor(a / b)` around both sides, so they group as in a division.
function floorDivision(node: NodeOf<"FloorDiv">, scope: Scope): Expression {
  const { lineno, colno, left, right } = node;
  const quotient = operation(regroup({ typename: "Div", lineno, colno, left, right }), scope);
  return (run) => Math.floor(numeric(run.state, quotient(run)));
}

function power(node: NodeOf<"Pow">, scope: Scope): Expression {
  const left = expression(node.left, scope);
  const right = expression(node.right, scope);
  return (run) => {
    run.state.charge(1);
    return numeric(run.state, left(run)) ** numeric(run.state, right(run));
  };
}

function operation(found: Operation, scope: Scope): Expression {
  switch (found.kind) {
    case "atom":
      return expression(found.node, scope);
    case "text":
      return constant("");
    case "binary":
      return binary(found.operator, operation(found.left, scope), operation(found.right, scope));
    case "unary": {
      const target = operation(found.target, scope);
      if (found.operator === "!") return (run) => !target(run);
      if (found.operator === "-") return (run) => -numeric(run.state, target(run));
      return (run) => numeric(run.state, target(run));
    }
  }
}
