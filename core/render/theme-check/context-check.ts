import { nearestName } from "../../settings/nearest-name.ts";
import { defaultLimits } from "../theme-engine/engine.ts";
import { readTree } from "../theme-engine/compile.ts";
import { nameOf } from "../theme-engine/compile/calls.ts";
import { childrenOf, elseOf, type NodeOf, type SyntaxNode } from "../theme-engine/syntax/nodes.ts";
import { contractNames, contractObjects, namesFor } from "../contract/contract.ts";
import type { TemplateProblem } from "./template-check.ts";

/** What a value is, as the contract writes it (`Post[]`, `Image?`); empty where nobody knows. */
type Shape = string;
const openShape: Shape = "";
/** What functions give, where that is one of the contract's objects. */
const answers: ReadonlyMap<string, Shape> = new Map([
  ["latest", "Post[]"],
  ["calendar", "Calendar?"],
]);

/** Names that some template of the theme sets or takes: a partial may get them from whoever includes it. */
export type GivenNames = ReadonlySet<string>;

/** T305, T308: names and fields that no page has which this template may draw. A plugin's view gets the data of its plugin. */
export function contextProblems(template: string, source: string, given: GivenNames): TemplateProblem[] {
  if (/^(plugin|email)\//.test(template)) return [];
  const root = readTree(source, template, { ...defaultLimits, source: source.length, nesting: 1000 });
  const walk = new Walk(new Set(namesFor(template)), given);
  walk.visit(root, new Names(null));
  return walk.problems;
}

/** All names that a template binds by set, for, macro or import. */
export function namesGivenBy(template: string, source: string): string[] {
  const found: string[] = [];
  const look = (node: SyntaxNode): void => {
    found.push(...boundBy(node));
    childrenOf(node).forEach(look);
  };
  look(readTree(source, template, { ...defaultLimits, source: source.length, nesting: 1000 }));
  return found;
}

function boundBy(node: SyntaxNode): string[] {
  switch (node.typename) {
    case "For":
      return loopNames(node);
    case "Set":
      return node.targets.map(nameOf);
    case "Macro":
    case "Caller":
      return [nameOf(node.name), ...childrenOf(node.args).flatMap(parameterNames)];
    case "Import":
      return [nameOf(node.target)];
    case "FromImport":
      return childrenOf(node.names).map((child) => nameOf(child.typename === "Pair" ? child.value : child));
    default:
      return [];
  }
}

const loopNames = ({ name }: NodeOf<"For">) => (name.typename === "Array" ? name.children.map(nameOf) : [nameOf(name)]);

function parameterNames(node: SyntaxNode): string[] {
  if (node.typename === "KeywordArgs") return node.children.map((pair) => (pair.typename === "Pair" ? nameOf(pair.key) : ""));
  return [nameOf(node)];
}

/** What names mean at a place: shapes of what was bound, inner before outer. */
class Names {
  readonly #outer: Names | null;
  readonly #own = new Map<string, Shape>();

  constructor(outer: Names | null) {
    this.#outer = outer;
  }

  get(name: string): Shape | undefined {
    return this.#own.get(name) ?? this.#outer?.get(name);
  }

  // A name with two meanings in two branches means neither for sure.
  bind(name: string, shape: Shape): void {
    this.#own.set(name, this.#own.has(name) ? openShape : shape);
  }
}

// Filters that give back the list they got, or one of its elements.
const keeping = new Set(["where", "sort", "reverse", "list", "unique", "default"]);
const picking = new Set(["first", "last"]);
const ownNames = new Set(["loop", "caller", "super"]);

class Walk {
  readonly problems: TemplateProblem[] = [];
  readonly #page: ReadonlySet<string>;
  readonly #given: GivenNames;

  constructor(page: ReadonlySet<string>, given: GivenNames) {
    this.#page = page;
    this.#given = given;
  }

  visit(node: SyntaxNode, names: Names): void {
    switch (node.typename) {
      case "For":
        return this.#loop(node, names);
      case "Macro":
      case "Caller": {
        const inside = new Names(names);
        for (const name of boundBy(node)) inside.bind(name, openShape);
        names.bind(nameOf(node.name), openShape);
        return this.visit(node.body, inside);
      }
      case "Set": {
        const shape = node.value ? this.#shapeOf(node.value, names) : openShape;
        if (node.body) this.visit(node.body, names);
        for (const name of boundBy(node)) names.bind(name, shape);
        return;
      }
      case "Import":
      case "FromImport":
        for (const name of boundBy(node)) names.bind(name, openShape);
        return;
      case "Block":
        return this.visit(node.body, names);
      default:
        this.#shapeOf(node, names);
    }
  }

  #loop(node: NodeOf<"For">, names: Names): void {
    const list = this.#shapeOf(node.arr, names);
    const inside = new Names(names);
    const bound = loopNames(node);
    for (const name of bound) inside.bind(name, bound.length === 1 ? elementOf(list) : openShape);
    this.visit(node.body, inside);
    const otherwise = elseOf(node);
    if (otherwise) this.visit(otherwise, names);
  }

  // The shape of an expression; what is inside it is looked at on the way.
  #shapeOf(node: SyntaxNode, names: Names): Shape {
    switch (node.typename) {
      case "Symbol":
        return this.#named(node, names);
      case "LookupVal":
        return this.#field(node, names);
      case "Filter":
        return this.#filtered(node, names);
      case "FunCall":
        return this.#called(node, names);
      case "Group":
        return node.children.length === 1 ? this.#shapeOf(node.children[0]!, names) : this.#within(node, names);
      case "Is":
        this.#shapeOf(node.left, names);
        if (node.right.typename === "FunCall") this.#within(node.right.args, names);
        return openShape;
      case "Pair":
        return this.#shapeOf(node.value, names);
      case "InlineIf": {
        const [, shape] = [this.#shapeOf(node.cond, names), this.#shapeOf(node.body, names)];
        const other = elseOf(node);
        return other === null || this.#shapeOf(other, names) === shape ? shape : openShape;
      }
      default:
        return this.#within(node, names);
    }
  }

  #within(node: SyntaxNode, names: Names): Shape {
    for (const child of childrenOf(node)) this.visit(child, names);
    return openShape;
  }

  #named(node: NodeOf<"Symbol">, names: Names): Shape {
    const name = node.value;
    const known = names.get(name) ?? (this.#page.has(name) ? contractNames[name]!.type : undefined);
    if (known !== undefined) return known;
    if (!ownNames.has(name) && !this.#given.has(name))
      this.problems.push(["T305", { name, line: node.lineno + 1 }, `No page that this draws has “${name}”: it prints nothing.`]);
    return openShape;
  }

  #field(node: NodeOf<"LookupVal">, names: Names): Shape {
    const target = this.#shapeOf(node.target, names);
    const key = node.val?.typename === "Literal" ? node.val.value : undefined;
    if (typeof key === "number") return elementOf(target);
    if (typeof key !== "string") {
      if (node.val) this.#shapeOf(node.val, names);
      return openShape;
    }
    const fields = contractObjects[target.replace(/\?$/, "")];
    if (!fields) return openShape;
    const field = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (field) return field[0];
    const path = `${pathOf(node.target)}.${key}`;
    const near = nearestName(key, Object.keys(fields));
    const hint = near === null ? `there are ${Object.keys(fields).join(", ")}.` : `did you mean “${near}”?`;
    this.problems.push(["T308", { name: path, line: node.lineno + 1 }, `“${path}” is nowhere: ${hint}`]);
    return openShape;
  }

  #filtered(node: NodeOf<"Filter">, names: Names): Shape {
    const [first, ...rest] = childrenOf(node.args);
    const shape = first ? this.#shapeOf(first, names) : openShape;
    for (const one of rest) this.visit(one, names);
    const name = nameOf(node.name);
    if (picking.has(name)) return elementOf(shape);
    return keeping.has(name) ? shape : openShape;
  }

  #called(node: NodeOf<"FunCall">, names: Names): Shape {
    this.#within(node.args, names);
    if (node.name.typename !== "Symbol") {
      this.#shapeOf(node.name, names);
      return openShape;
    }
    return answers.get(node.name.value) ?? openShape;
  }
}

function elementOf(shape: Shape): Shape {
  return shape.endsWith("[]") ? shape.slice(0, -2) : openShape;
}

function pathOf(node: SyntaxNode): string {
  if (node.typename === "Symbol") return node.value;
  if (node.typename !== "LookupVal") return "…";
  return `${pathOf(node.target)}.${node.val?.typename === "Literal" ? String(node.val.value) : "…"}`;
}
