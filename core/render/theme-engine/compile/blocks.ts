import { Frame } from "../frame.ts";
import { html } from "../html.ts";
import { childrenOf } from "../syntax/nodes.ts";
import type { NodeOf, SyntaxNode } from "../syntax/nodes.ts";
import { positionOf } from "../syntax/nodes.ts";
import { isSuper } from "../syntax/validate.ts";
import { nameOf } from "./calls.ts";
import { aboveName } from "./expressions.ts";
import { roomFor } from "./run.ts";
import type { BlockCode, Run, Statement } from "./run.ts";
import { Scope } from "./scope.ts";
import { body } from "./statements.ts";

const deepest = 100;

/** Compiles every block of a template, those inside blocks too. */
export function blocksOf(root: SyntaxNode, template: string): Map<string, BlockCode> {
  const blocks = new Map<string, BlockCode>();
  const collect = (node: SyntaxNode): void => {
    if (node.typename === "Block") blocks.set(nameOf(node.name), blockCode(node, template));
    for (const child of childrenOf(node)) collect(child);
  };
  collect(root);
  return blocks;
}

function blockCode(node: NodeOf<"Block">, template: string): BlockCode {
  const scope = new Scope(template, true);
  const above = asksAbove(node.body) ? scope.declare(aboveName) : null;
  const made = body(node.body, scope);
  return { name: nameOf(node.name), template, body: made, size: scope.home.size, above };
}

function asksAbove(node: SyntaxNode): boolean {
  if (isSuper(node)) return true;
  return node.typename !== "Block" && childrenOf(node).some(asksAbove);
}

/** The tag `block`: prints the most derived block of that name, or nothing when a parent will print it. */
export function block(node: NodeOf<"Block">, scope: Scope): Statement {
  const name = nameOf(node.name);
  const at = positionOf(node);
  const always = scope.inBlock;
  return (run) => {
    if (!always && run.holder.parent !== null) return;
    run.state.at = at;
    const found = run.context.block(name);
    if (found !== undefined) runBlock(run, found, deepest);
  };
}

function runBlock(from: Run, code: BlockCode, deepestYet: number): void {
  const { state, context } = from;
  state.charge(1);
  if (state.blocks >= deepestYet) state.fail("limit-depth", `Blocks stand in each other more than ${deepestYet} deep.`);
  state.blocks++;
  const { template } = state;
  state.template = code.template;
  const holder = { frame: new Frame(state.bound, from.holder.frame, true), parent: null };
  const run: Run = { state, template: code.template, context, holder, locals: roomFor(code.size), outer: null };
  if (code.above !== null) run.locals[code.above] = printAbove(run, code);
  code.body(run);
  state.template = template;
  state.blocks--;
}

// Printed once before the block, as nunjucks does it, so that the parent's part sees no loop of the child's.
function printAbove(run: Run, code: BlockCode): unknown {
  const above = run.context.blockAbove(code);
  if (above === undefined) return run.state.fail("name", `super() has no block "${code.name}" above it.`);
  return html(run.state.capture(() => runBlock(run, above, deepest)));
}
