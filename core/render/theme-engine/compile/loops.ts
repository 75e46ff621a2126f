import { Frame } from "../frame.ts";
import { isHtml } from "../html.ts";
import { childrenOf } from "../syntax/nodes.ts";
import type { NodeOf } from "../syntax/nodes.ts";
import { elseOf, positionOf } from "../syntax/nodes.ts";
import { fieldNames, isRecord, Loop, read } from "../values.ts";
import { nameOf } from "./calls.ts";
import { expression } from "./expressions.ts";
import type { Run, Statement } from "./run.ts";
import type { Scope } from "./scope.ts";
import { body } from "./statements.ts";

type Name = { name: string; index: number };

/** `for`: over lists and texts with one name, over pairs and the fields of a dict with several. */
export function loop(node: NodeOf<"For">, around: Scope): Statement {
  const scope = around.inner();
  const source = expression(node.arr, scope);
  const names = (node.name.typename === "Array" ? childrenOf(node.name) : [node.name]).map((child) => {
    const name = nameOf(child);
    return { name, index: scope.declare(name) };
  });
  const turn = body(node.body, scope);
  const otherNode = elseOf(node);
  const otherwise = otherNode === null ? null : body(otherNode, scope);
  const [only] = names;
  const spread = node.name.typename === "Array" || only === undefined ? null : only;
  const at = positionOf(node);
  return (run) => {
    const { holder, state } = run;
    const before = holder.frame;
    holder.frame = new Frame(state.bound, before);
    state.at = at;
    state.charge(1);
    const value = source(run);
    const items = spread === null ? pairs(value, names.length) : singles(value);
    if (items.length > 0) {
      if (spread === null) turnMany(run, items as unknown[][], names, turn);
      else turnOne(run, items, spread, turn);
    } else otherwise?.(run);
    holder.frame = before;
  };
}

function turnOne(run: Run, items: ArrayLike<unknown>, name: Name, turn: Statement): void {
  const { frame } = run.holder;
  const { state, locals } = run;
  const loop = new Loop(items.length);
  frame.set("loop", loop);
  for (let index = 0; index < items.length; index++) {
    state.charge(1);
    const item = items[index];
    locals[name.index] = item;
    frame.set(name.name, item);
    loop.turn(index);
    turn(run);
  }
}

function turnMany(run: Run, rows: readonly unknown[][], names: readonly Name[], turn: Statement): void {
  const { frame } = run.holder;
  const loop = new Loop(rows.length);
  frame.set("loop", loop);
  for (let index = 0; index < rows.length; index++) {
    run.state.charge(names.length);
    for (let column = 0; column < names.length; column++) {
      const { name, index: slot } = names[column] as Name;
      const value = rows[index]?.[column];
      run.locals[slot] = value;
      frame.set(name, value);
    }
    loop.turn(index);
    turn(run);
  }
}

const nothing: unknown[] = [];

function singles(value: unknown): ArrayLike<unknown> {
  if (Array.isArray(value) || typeof value === "string") return value;
  return isHtml(value) ? [...value.toString()] : nothing;
}

function pairs(value: unknown, columns: number): unknown[][] {
  if (Array.isArray(value)) return value.map((item) => Array.from({ length: columns }, (_, column) => cell(item, column)));
  if (!isRecord(value)) return [];
  return fieldNames(value).map((key) => [key, read(value, key)]);
}

function cell(item: unknown, column: number): unknown {
  return typeof item === "string" ? item.charAt(column) : read(item, column);
}
