import { TemplateError } from "../errors.ts";
import type { TemplateErrorCode } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { isForbidden } from "../values.ts";
import { childrenOf } from "./nodes.ts";
import type { SyntaxNode } from "./nodes.ts";

const allowed: ReadonlySet<string> = new Set<SyntaxNode["typename"]>(
  // prettier-ignore
  ["Root", "NodeList", "Output", "Group", "Array", "Dict", "KeywordArgs", "Literal", "TemplateData", "Symbol", "Pair", "LookupVal",
   "If", "InlineIf", "For", "Macro", "Caller", "Import", "FromImport", "FunCall", "Filter", "Block", "Extends", "Include", "Set",
   "Capture", "Not", "Neg", "Pos", "Or", "And", "Add", "Concat", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "In", "Is",
   "Compare", "CompareOperand"],
);

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

// What surrounds a node, for the tags that have a place.
type Inside = { depth: number; block: boolean; macro: boolean; nested: boolean };

/** Checks that a tree has only what the language allows; throws TemplateError at the first thing it has not. */
export function validate(root: SyntaxNode, name: string, limits: Limits): void {
  new Validator(name, limits).check(root, { depth: 0, block: false, macro: false, nested: false });
}

class Validator {
  readonly #name: string;
  readonly #limits: Limits;
  readonly #blocks = new Set<string>();

  constructor(name: string, limits: Limits) {
    this.#name = name;
    this.#limits = limits;
  }

  check(node: SyntaxNode, inside: Inside): void {
    if (inside.depth > this.#limits.nesting) this.#fail(node, "The template is nested too deeply.", "limit-nesting");
    if (!allowed.has(node.typename)) this.#fail(node, `"${node.typename}" is not part of the template language.`);
    this.#rule(node, inside);
    const within: Inside = {
      depth: inside.depth + 1,
      block: inside.block || node.typename === "Block",
      macro: inside.macro || node.typename === "Macro",
      nested: inside.nested || ["Macro", "Caller", "Set", "Capture"].includes(node.typename),
    };
    for (const child of childrenOf(node)) this.check(child, within);
  }

  #rule(node: SyntaxNode, inside: Inside): void {
    switch (node.typename) {
      case "Symbol":
        return this.#isName(node);
      case "Literal":
        if (node.value !== null && !["string", "number", "boolean"].includes(typeof node.value))
          this.#fail(node, "This kind of value is not available in templates.");
        return;
      case "LookupVal":
        if (!node.val) this.#fail(node, "The brackets are empty.", "syntax");
        if (node.val.typename === "Literal" && isForbidden(String(node.val.value)))
          this.#fail(node, `"${String(node.val.value)}" cannot be used in a template.`);
        return;
      case "Filter":
        return this.#isName(node.name);
      case "Group":
        if (node.children.length === 0) this.#fail(node, "The parentheses are empty.", "syntax");
        return;
      case "Is":
        return this.#test(node.right);
      case "FunCall":
        if (isSuper(node) && (!inside.block || inside.macro)) this.#fail(node, "super() belongs directly into a block.");
        return;
      case "Dict":
      case "KeywordArgs":
        for (const pair of node.children) this.#key(pair, node.typename === "KeywordArgs");
        return;
      default:
        this.#tag(node, inside);
    }
  }

  #tag(node: SyntaxNode, inside: Inside): void {
    switch (node.typename) {
      case "For":
        for (const name of node.name.typename === "Array" ? node.name.children : [node.name]) this.#target(name);
        return;
      case "Set":
        if (!node.value && !node.body) this.#fail(node, "set needs a value.", "syntax");
        for (const name of node.targets) this.#target(name);
        return;
      case "Macro":
      case "Caller":
        this.#target(node.name);
        return this.#parameters(node.args);
      case "Import":
        return this.#target(node.target);
      case "FromImport":
        for (const name of childrenOf(node.names))
          for (const part of name.typename === "Pair" ? childrenOf(name) : [name]) this.#target(part);
        return;
      case "Block":
        return this.#block(node.name, inside);
      case "Extends":
        if (inside.block || inside.nested) this.#fail(node, "extends belongs at the top of a template.");
    }
  }

  #block(name: SyntaxNode, inside: Inside): void {
    this.#isName(name);
    if (inside.nested) this.#fail(name, "A block cannot stand in a macro, call, set or filter.");
    const text = name.typename === "Symbol" ? name.value : "";
    if (this.#blocks.has(text)) this.#fail(name, `The block "${text}" stands in this template twice.`);
    this.#blocks.add(text);
  }

  #test(right: SyntaxNode): void {
    if (right.typename === "FunCall") this.#isName(right.name);
    else if (right.typename !== "Literal" || right.value !== null) this.#isName(right);
  }

  #parameters(args: SyntaxNode): void {
    for (const [index, arg] of childrenOf(args).entries()) {
      if (arg.typename === "KeywordArgs" && index === childrenOf(args).length - 1) continue;
      this.#target(arg);
    }
  }

  #key(pair: SyntaxNode, keyword: boolean): void {
    if (pair.typename !== "Pair") this.#fail(pair, "A key and a value were expected.", "syntax");
    const { key } = pair;
    const isText = !keyword && key.typename === "Literal" && typeof key.value === "string";
    if (key.typename !== "Symbol" && !isText) this.#fail(key, "Keys are names or strings.");
    if (isText && isForbidden(String(key.value))) this.#fail(key, `"${String(key.value)}" cannot be used in a template.`);
  }

  // `loop` is moved on by the engine itself.
  #target(node: SyntaxNode): void {
    this.#isName(node);
    if (node.typename === "Symbol" && node.value === "loop") this.#fail(node, `"loop" is kept for loops.`);
  }

  #isName(node: SyntaxNode): void {
    if (node.typename !== "Symbol") this.#fail(node, "A name was expected.", "syntax");
    if (!identifier.test(node.value) || isForbidden(node.value))
      this.#fail(node, `"${node.value.slice(0, 40)}" cannot be used as a name.`);
  }

  #fail(node: SyntaxNode, message: string, code: TemplateErrorCode = "not-allowed"): never {
    throw new TemplateError(code, message, { template: this.#name, line: (node.lineno ?? 0) + 1, column: (node.colno ?? 0) + 1 });
  }
}

/** Whether a call is `super()`. */
export function isSuper(node: SyntaxNode): boolean {
  return node.typename === "FunCall" && node.name.typename === "Symbol" && node.name.value === "super";
}
