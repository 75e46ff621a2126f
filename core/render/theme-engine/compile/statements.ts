import { childrenOf } from "../syntax/nodes.ts";
import type { NodeOf, SyntaxNode } from "../syntax/nodes.ts";
import { elseOf, positionOf } from "../syntax/nodes.ts";
import { block } from "./blocks.ts";
import { nameOf } from "./calls.ts";
import { expression } from "./expressions.ts";
import { loop } from "./loops.ts";
import { Macro, macroCode } from "./macros.ts";
import { extend, importNames, importWhole, include } from "./others.ts";
import type { Expression, Run, Statement } from "./run.ts";
import type { Scope } from "./scope.ts";

/** Compiles the statements under a node to one closure. */
export function body(node: SyntaxNode, scope: Scope): Statement {
  const list = node.typename === "NodeList" || node.typename === "Root" || node.typename === "Output";
  const statements = (list ? childrenOf(node) : [node]).map((child) => statement(child, scope)).filter((made) => made !== null);
  const [first, second] = statements;
  if (first === undefined) return () => {};
  if (second === undefined) return first;
  if (statements.length === 2)
    return (run) => {
      first(run);
      second(run);
    };
  return (run) => {
    for (let index = 0; index < statements.length; index++) (statements[index] as Statement)(run);
  };
}

function statement(node: SyntaxNode, scope: Scope): Statement | null {
  switch (node.typename) {
    case "TemplateData":
      return data(node.value);
    case "Output":
    case "NodeList":
      return body(node, scope);
    case "If":
      return condition(node, scope);
    case "For":
      return loop(node, scope);
    case "Set":
      return assignment(node, scope);
    case "Macro":
      return definition(node, scope);
    case "Block":
      return block(node, scope);
    case "Extends":
      return extend(node, scope);
    case "Include":
      return include(node, scope);
    case "Import":
      return importWhole(node, scope);
    case "FromImport":
      return importNames(node, scope);
    default:
      return output(node, scope);
  }
}

function data(text: string): Statement | null {
  if (text === "") return null;
  return ({ state }) => {
    state.charge(1);
    state.write(text);
  };
}

function output(node: SyntaxNode, scope: Scope): Statement {
  const value = expression(node, scope);
  const at = positionOf(node);
  return (run) => {
    const { state } = run;
    state.at = at;
    state.charge(1);
    state.print(value(run));
  };
}

function condition(node: NodeOf<"If">, scope: Scope): Statement {
  const test = expression(node.cond, scope);
  const then = body(node.body, scope);
  const otherNode = elseOf(node);
  const otherwise = otherNode === null ? null : body(otherNode, scope);
  return (run) => {
    run.state.charge(1);
    if (test(run)) then(run);
    else otherwise?.(run);
  };
}

/** The output of statements as a plain text. */
export function capture(node: SyntaxNode, scope: Scope): Expression {
  const inside = body(node, scope);
  return (run) => run.state.capture(() => inside(run));
}

function assignment(node: NodeOf<"Set">, scope: Scope): Statement {
  const made = node.value ?? node.body;
  if (!made) throw new Error("A set without a value.");
  const value = expression(made, scope);
  const targets = node.targets.map((target) => ({ name: nameOf(target), slot: scope.find(nameOf(target)) }));
  return (run) => {
    run.state.charge(1);
    const result = value(run);
    for (const { name, slot } of targets) {
      if (slot !== null) homeOf(run, slot.hops).locals[slot.index] = result;
      const { frame } = run.holder;
      frame.assign(name, result);
      if (!frame.topLevel) continue;
      run.context.set(name, result);
      if (!name.startsWith("_")) run.context.export(name);
    }
  };
}

function homeOf(run: Run, hops: number): Run {
  let home = run;
  for (let hop = 0; hop < hops; hop++) home = home.outer ?? home;
  return home;
}

function definition(node: NodeOf<"Macro">, scope: Scope): Statement {
  const code = macroCode(node, scope);
  const bind = binder(code.name, scope);
  const exported = scope.parent === null && !code.name.startsWith("_");
  return (run) => {
    if (exported) run.context.export(code.name);
    bind(run, new Macro(code, run));
  };
}

/** Binds a macro or import to its name: known inside this scope, and in the page's data when it stands at the top. */
export function binder(name: string, scope: Scope): (run: Run, value: unknown) => void {
  const index = scope.declare(name);
  const atTop = scope.parent === null;
  return (run, value) => {
    run.locals[index] = value;
    if (atTop) run.context.set(name, value);
    else run.holder.frame.set(name, value);
  };
}
