import { createRequire } from "node:module";
import { TemplateError } from "../errors.ts";
import type { TemplateErrorCode } from "../errors.ts";
import type { Limits } from "../limits.ts";
import { isForbidden } from "../values.ts";
import type { SyntaxNode } from "./nodes.ts";
import { nodeMaker, readBodies } from "./bodies.ts";
import type { Parser, Token, Tokens } from "./bodies.ts";

// Only the parser's own files are loaded: nunjucks' compiler, which pastes names into source, never enters the process.
const load = createRequire(import.meta.url);
const nunjucks = load("nunjucks/src/parser.js") as { Parser: new (tokens: Tokens) => Parser };
const lexer = load("nunjucks/src/lexer.js") as { lex(source: string): Tokens };
const make = nodeMaker(load("nunjucks/src/nodes.js"));

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;
const opening = new Set(["left-paren", "left-bracket", "left-curly"]);
// Words and signs in one tag, blanks among them.
const longestTag = 4000;
const closing = new Set(["right-paren", "right-bracket", "right-curly"]);

/** Reads a source into nunjucks' tree. Throws TemplateError for everything that is no template. */
export function parse(source: string, name: string, limits: Limits): SyntaxNode {
  const fail = (code: TemplateErrorCode, message: string, at?: { line: number; column: number }): never => {
    throw new TemplateError(code, message, { template: name, line: at?.line ?? 0, column: at?.column ?? 0 });
  };
  if (source.length > limits.source) fail("limit-source", `The template is longer than ${limits.source} characters.`);

  const tokens = lexer.lex(source);
  guardTokens(tokens, limits, fail);
  const parser = new nunjucks.Parser(tokens);
  readBodies(parser, make);
  try {
    return parser.parseAsRoot();
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    const at = { line: tokens.lineno + 1, column: tokens.colno + 1 };
    if (error instanceof RangeError) return fail("limit-nesting", "The template is nested too deeply.", at);
    return fail("syntax", sentenceOf(error), placeIn(error) ?? at);
  }
}

// Names are checked where they are read, so that none with a quote or a back-tick ever reaches the parser.
function guardTokens(tokens: Tokens, limits: Limits, fail: (code: TemplateErrorCode, message: string, at: Spot) => never): void {
  const next = tokens.nextToken.bind(tokens);
  let depth = 0;
  let run = 0;
  let ended = 0;
  let tag = 0;
  tokens.nextToken = () => {
    const token = next();
    if (token === null) {
      // Some loops of the parser ask on and on when a source ends in the middle of a list.
      if (++ended > 1000) fail("syntax", "The template ends too early.", spot(tokens));
      return token;
    }
    // The lexer glues texts letter by letter; such a string keeps 20 bytes a letter until something flattens it.
    if (typeof token.value === "string") Number(token.value);
    const at = spot(token);
    tag = token.type === "block-start" || token.type === "variable-start" ? 0 : tag + 1;
    if (tag > longestTag) fail("limit-nesting", "This tag is too long.", at);
    if (token.type === "regex") fail("not-allowed", "Regular expressions are not available in templates.", at);
    if (token.type === "symbol") token.value = checkedName(token, (message) => fail("not-allowed", message, at));
    depth += opening.has(token.type) ? 1 : closing.has(token.type) ? -1 : 0;
    run = isPrefix(token) ? run + 1 : token.type === "whitespace" ? run : 0;
    if (depth > limits.nesting || run > limits.nesting) fail("limit-nesting", "The template is nested too deeply.", at);
    return token;
  };
}

type Spot = { line: number; column: number };

function spot(at: { lineno: number; colno: number }): Spot {
  return { line: at.lineno + 1, column: at.colno + 1 };
}

// `not not not …` and `- - - …` are read by functions that call themselves.
function isPrefix(token: Token): boolean {
  return token.value === "not" || (token.type === "operator" && (token.value === "-" || token.value === "+"));
}

// As a key the name becomes the engine's one copy of that word: less memory, faster look-ups.
function checkedName(token: Token, fail: (message: string) => never): string {
  const name = String(token.value);
  const shown = name.slice(0, 40).replace(/[^\x20-\x7e]/g, "?");
  if (!identifier.test(name)) fail(`"${shown}" is not a name; names have letters, digits and _ only.`);
  if (isForbidden(name)) fail(`"${name}" cannot be used in a template.`);
  return Object.keys({ [name]: 0 })[0] ?? name;
}

// nunjucks' own messages are written for authors; those of the JavaScript engine are not.
function sentenceOf(error: unknown): string {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof SyntaxError)
    return "The template cannot be read here.";
  return error.message.replace(/^(parse\w+|advanceAfterBlockEnd): /, "").slice(0, 300);
}

function placeIn(error: unknown): Spot | null {
  if (!(error instanceof Error) || !("lineno" in error) || !("colno" in error)) return null;
  return typeof error.lineno === "number" && typeof error.colno === "number" ? { line: error.lineno, column: error.colno } : null;
}
