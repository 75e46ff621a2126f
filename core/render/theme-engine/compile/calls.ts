import { helperFacts } from "../brands.ts";
import { isHtml } from "../html.ts";
import type { State } from "../state.ts";
import { childrenOf } from "../syntax/nodes.ts";
import type { NodeOf, SyntaxNode } from "../syntax/nodes.ts";
import { positionOf } from "../syntax/nodes.ts";
import { emptyRecord } from "../values.ts";
import { expression } from "./expressions.ts";
import { callMacro, Macro } from "./macros.ts";
import type { Expression, Run } from "./run.ts";
import type { Scope } from "./scope.ts";

type Arguments = { values: Expression[]; names: string[]; keywords: Expression[] };
type Keywords = ReadonlyMap<string, unknown>;

/** `name(arguments)`: a macro, or a function that trusted code branded. */
export function call(node: NodeOf<"FunCall">, scope: Scope): Expression {
  const target = expression(node.name, scope);
  const args = argumentsOf(childrenOf(node.args), scope);
  const at = positionOf(node);
  const name = nameOf(node.name);
  return (run) => {
    const { state } = run;
    const callee = target(run);
    const values = valuesOf(args.values, run);
    const keywords = keywordsOf(args, run);
    state.at = at;
    if (callee instanceof Macro) return callMacro(callee, values, keywords, state);
    const facts = helperFacts(callee);
    if (facts === undefined) return state.fail("not-callable", `"${name}" cannot be called.`, at);
    state.charge(facts.cost);
    if (keywords !== null) place(state, values, keywords, facts);
    state.calling = facts.name;
    const result = (callee as (...args: unknown[]) => unknown)(...values);
    state.calling = "";
    chargeResult(state, result);
    return result;
  };
}

/** `value | name(arguments)`. */
export function filter(node: NodeOf<"Filter">, scope: Scope): Expression {
  const [first, ...rest] = childrenOf(node.args);
  const target = expression(first ?? node.name, scope);
  const args = argumentsOf(rest, scope);
  const name = nameOf(node.name);
  const at = positionOf(node);
  const bare = args.values.length === 0 && args.keywords.length === 0;
  return (run) => {
    const { state } = run;
    const input = target(run);
    const apply = state.environment.filters.get(name);
    if (apply === undefined) return state.fail("unknown-filter", `There is no filter "${name}".`, at);
    const values = bare ? none : valuesOf(args.values, run);
    const keywords = keywordsOf(args, run);
    if (keywords !== null) place(state, values, keywords, { name, parameters: helperFacts(apply)?.parameters });
    state.at = at;
    state.charge(1);
    chargeResult(state, input);
    state.calling = name;
    const result = bare ? apply(state, input) : apply(state, input, ...values);
    state.calling = "";
    chargeResult(state, result);
    return result;
  };
}

const none: unknown[] = [];

/** `value is name(arguments)`. */
export function check(node: NodeOf<"Is">, scope: Scope): Expression {
  const { right } = node;
  const name = right.typename === "FunCall" ? nameOf(right.name) : right.typename === "Literal" ? "none" : nameOf(right);
  const target = expression(node.left, scope);
  const args = argumentsOf(right.typename === "FunCall" ? childrenOf(right.args) : [], scope);
  const at = positionOf(node);
  return (run) => {
    const { state } = run;
    const test = state.environment.tests.get(name);
    if (test === undefined) return state.fail("unknown-test", `There is no test "${name}".`, at);
    state.at = at;
    state.charge(1);
    const value = target(run);
    const values = valuesOf(args.values, run);
    state.calling = name;
    const result = test(state, value, ...values) === true;
    state.calling = "";
    return result;
  };
}

function argumentsOf(nodes: readonly SyntaxNode[], scope: Scope): Arguments {
  const args: Arguments = { values: [], names: [], keywords: [] };
  for (const node of nodes) {
    if (node.typename !== "KeywordArgs") args.values.push(expression(node, scope));
    else
      for (const pair of node.children as NodeOf<"Pair">[]) {
        args.names.push(nameOf(pair.key));
        args.keywords.push(expression(pair.value, scope));
      }
  }
  return args;
}

function valuesOf(values: readonly Expression[], run: Run): unknown[] {
  const [first, second] = values;
  if (first === undefined) return [];
  // Written out, a list has just the room it needs; one that grows takes seventeen places at once.
  if (second === undefined) return [first(run)];
  if (values.length === 2) return [first(run), second(run)];
  const found: unknown[] = [];
  for (const value of values) found.push(value(run));
  return found;
}

function keywordsOf({ names, keywords }: Arguments, run: Run): Keywords | null {
  if (names.length === 0) return null;
  const found = new Map<string, unknown>();
  for (let index = 0; index < names.length; index++) found.set(names[index] ?? "", keywords[index]?.(run));
  return found;
}

function place(
  state: State,
  values: unknown[],
  keywords: Keywords,
  facts: { name: string; parameters?: readonly string[] | undefined },
): void {
  if (facts.parameters === undefined) {
    const record = emptyRecord();
    for (const [name, value] of keywords) record[name] = value;
    values.push(record);
    return;
  }
  for (const [name, value] of keywords) {
    const index = facts.parameters.indexOf(name);
    if (index === -1) state.fail("type", `"${facts.name}" has no argument "${name}".`);
    values[index] = value;
  }
}

function chargeResult(state: State, result: unknown): void {
  if (typeof result === "string") state.chargeText(result.length);
  else if (Array.isArray(result)) state.charge(result.length);
  else if (isHtml(result)) state.chargeText(result.toString().length);
}

/** The dotted name of what is called, for messages. */
export function nameOf(node: SyntaxNode | undefined): string {
  if (node?.typename === "Symbol") return node.value;
  if (node?.typename === "LookupVal") return `${nameOf(node.target)}.${nameOf(node.val)}`;
  if (node?.typename === "Literal") return String(node.value).slice(0, 40);
  return "this value";
}
