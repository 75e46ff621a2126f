import { Context, Frame } from "../frame.ts";
import type { State } from "../state.ts";
import { childrenOf, positionOf } from "../syntax/nodes.ts";
import type { NodeOf } from "../syntax/nodes.ts";
import type { Template } from "../template.ts";
import { emptyRecord, read } from "../values.ts";
import { nameOf } from "./calls.ts";
import { expression } from "./expressions.ts";
import { roomFor } from "./run.ts";
import type { Expression, Run, Statement } from "./run.ts";
import type { Scope } from "./scope.ts";
import { binder } from "./statements.ts";

const templateName = /^[a-z0-9/_-]+(\.njk)?$/;

/** Runs a template and the parents it extends; only the last one's output stays. */
export function runTemplate(state: State, template: Template, context: Context, frame: Frame): void {
  const before = state.template;
  let current = template;
  for (let depth = 0; ; depth++) {
    state.template = current.name;
    const { out, size } = state;
    const holder: Run["holder"] = { frame, parent: null };
    current.code.body({ state, template: current.name, context, holder, locals: roomFor(current.code.size), outer: null });
    if (holder.parent === null) break;
    state.out = out;
    state.size = size;
    current = holder.parent;
    if (depth + 1 >= state.environment.limits.extends)
      state.fail("limit-depth", `Templates extend each other more than ${state.environment.limits.extends} deep.`);
  }
  state.template = before;
}

/** The tag `extends`. */
export function extend(node: NodeOf<"Extends">, scope: Scope): Statement {
  const name = expression(node.template, scope);
  const at = positionOf(node);
  return (run) => {
    run.state.at = at;
    run.state.charge(1);
    const parent = loaded(run.state, name(run)) ?? missing(run.state, name(run));
    run.holder.parent = parent;
    run.context.chain.push(parent);
    if (run.context.chain.length > run.state.environment.limits.extends + 1)
      run.state.fail("limit-depth", `Templates extend each other more than ${run.state.environment.limits.extends} deep.`);
  };
}

/** The tag `include`: the other template sees everything here and leaves nothing behind. */
export function include(node: NodeOf<"Include">, scope: Scope): Statement {
  const name = expression(node.template, scope);
  const optional = node.ignoreMissing === true;
  // Most includes name their template; such a name is looked at once.
  const { template: asking } = node;
  const sound = asking.typename === "Literal" && typeof asking.value === "string" && templateName.test(asking.value);
  const at = positionOf(node);
  return (run) => {
    const { state } = run;
    state.at = at;
    const asked = name(run);
    const template = sound ? state.environment.load(asked as string) : loaded(state, asked);
    if (template === null) {
      if (!optional) state.print(state.environment.missing?.(String(asked)) ?? missing(state, asked));
      return;
    }
    descend(state);
    runTemplate(state, template, run.context.inside(template), new Frame(state.bound, run.holder.frame, true, true));
    state.includes--;
  };
}

/** The tag `import … as name`. */
export function importWhole(node: NodeOf<"Import">, scope: Scope): Statement {
  const exported = exportsOf(node, scope);
  const bind = binder(nameOf(node.target), scope);
  return (run) => bind(run, exported(run));
}

/** The tag `from … import names`. */
export function importNames(node: NodeOf<"FromImport">, scope: Scope): Statement {
  const exported = exportsOf(node, scope);
  const at = positionOf(node);
  const names = childrenOf(node.names).map((child) => {
    const [name, alias] = child.typename === "Pair" ? [nameOf(child.key), nameOf(child.value)] : [nameOf(child), nameOf(child)];
    return { name, bind: binder(alias, scope) };
  });
  return (run) => {
    const found = exported(run);
    for (const { name, bind } of names) {
      if (!Object.hasOwn(found, name)) run.state.fail("name", `There is no "${name}" to import.`, at);
      bind(run, read(found, name));
    }
  };
}

function exportsOf(node: NodeOf<"Import" | "FromImport">, scope: Scope): (run: Run) => Record<string, unknown> {
  const name: Expression = expression(node.template, scope);
  const withContext = node.withContext === true;
  const at = positionOf(node);
  return (run) => {
    const { state } = run;
    state.at = at;
    const asked = name(run);
    const template = loaded(state, asked) ?? missing(state, asked);
    const context = withContext
      ? run.context.inside(template, true)
      : new Context({ base: new Map(), bound: state.bound }, template, { isImported: true });
    const frame = new Frame(state.bound, withContext ? run.holder.frame : null, false, true);
    descend(state);
    state.capture(() => runTemplate(state, template, context, frame));
    state.includes--;
    const found = emptyRecord();
    for (const exported of context.exported) found[exported] = context.own(exported);
    return found;
  };
}

// An error ends the whole render, so nobody has to come up again from one.
function descend(state: State): void {
  const { limits } = state.environment;
  if (state.includes >= limits.includes)
    state.fail("limit-depth", `Templates include each other more than ${limits.includes} deep.`);
  state.charge(4);
  state.includes++;
}

function loaded(state: State, name: unknown): Template | null {
  if (typeof name !== "string" || !templateName.test(name))
    return state.fail("name", "A template's name has small letters, digits, /, - and _ only.");
  return state.environment.load(name);
}

function missing(state: State, name: unknown): never {
  return state.fail("missing-template", `There is no template "${String(name)}".`);
}
