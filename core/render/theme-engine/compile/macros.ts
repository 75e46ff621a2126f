import { Frame } from "../frame.ts";
import { html } from "../html.ts";
import type { Html } from "../html.ts";
import type { State } from "../state.ts";
import { childrenOf } from "../syntax/nodes.ts";
import type { NodeOf } from "../syntax/nodes.ts";
import { nameOf } from "./calls.ts";
import { expression } from "./expressions.ts";
import { roomFor } from "./run.ts";
import type { Expression, Run, Statement } from "./run.ts";
import { FunctionScope, Scope } from "./scope.ts";
import { body } from "./statements.ts";

/** A compiled macro or `call` body. */
export type MacroCode = {
  name: string;
  positional: { name: string; index: number }[];
  optional: { name: string; value: Expression }[];
  body: Statement;
  home: FunctionScope;
  /** A `call` body sees the names around it; a macro sees only its arguments and the page's data. */
  open: boolean;
};

/** A macro as a value: its code and the activation it was written in. */
export class Macro {
  readonly code: MacroCode;
  readonly home: Run;

  constructor(code: MacroCode, home: Run) {
    this.code = code;
    this.home = home;
  }
}

/** Compiles a macro or a `call` body. */
export function macroCode(node: NodeOf<"Macro" | "Caller">, around: Scope): MacroCode {
  const open = node.typename === "Caller";
  const home = new FunctionScope(open ? around.home : null);
  const scope = new Scope(around.template, around.inBlock, home, open ? around : null);
  const parameters = childrenOf(node.args);
  const last = parameters.at(-1);
  const keywords = last?.typename === "KeywordArgs" ? (last.children as NodeOf<"Pair">[]) : [];
  const names = parameters.filter((parameter) => parameter.typename === "Symbol").map((parameter) => parameter.value);
  const positional = names.map((name) => ({ name, index: scope.declare(name) }));
  const optional = keywords.map((pair) => ({ name: nameOf(pair.key), value: expression(pair.value, scope) }));
  return { name: nameOf(node.name), positional, optional, body: body(node.body, scope), home, open };
}

/** Runs a macro and gives its output. */
export function callMacro(macro: Macro, values: unknown[], keywords: ReadonlyMap<string, unknown> | null, state: State): Html {
  const { code, home } = macro;
  const { limits } = state.environment;
  if (state.macros >= limits.macros) state.fail("limit-depth", `Macros call each other more than ${limits.macros} deep.`);
  state.charge(2);
  state.macros++;
  const { template } = state;
  const before = home.holder.frame;
  state.template = home.template;
  // The activation the macro was written in shares its frame, which is how a `call` body sees the macro's arguments.
  home.holder.frame = new Frame(state.bound, code.open ? before : null, true);
  const run: Run = { ...home, locals: roomFor(code.home.size), outer: code.open ? home : null };
  bind(run, code, values, keywords);
  const output = state.capture(() => code.body(run));
  home.holder.frame = before;
  state.template = template;
  state.macros--;
  return html(output);
}

// Positional and keyword arguments fill each other's places, as nunjucks' makeMacro does it.
function bind(run: Run, code: MacroCode, values: unknown[], keywords: ReadonlyMap<string, unknown> | null): void {
  const { frame } = run.holder;
  const { positional, optional } = code;
  if (keywords?.has("caller")) frame.set("caller", keywords.get("caller"));
  for (let index = 0; index < positional.length; index++) {
    const parameter = positional[index];
    if (parameter === undefined) continue;
    const value = index < values.length ? values[index] : keywords?.get(parameter.name);
    run.locals[parameter.index] = value;
    frame.set(parameter.name, value);
  }
  for (let index = 0; index < optional.length; index++) {
    const parameter = optional[index];
    if (parameter === undefined) continue;
    const surplus = positional.length + index;
    if (surplus < values.length) frame.set(parameter.name, values[surplus]);
    else frame.set(parameter.name, keywords?.has(parameter.name) ? keywords.get(parameter.name) : parameter.value(run));
  }
}
