import type { SyntaxNode } from "./nodes.ts";

/** What nunjucks' lexer gives. */
export type Token = { type: string; value: unknown; lineno: number; colno: number };

/** nunjucks' lexer, as far as we use it. */
export type Tokens = {
  str: string;
  index: number;
  lineno: number;
  colno: number;
  nextToken(): Token | null;
  forwardN(count: number): void;
};

/** nunjucks' parser, as far as we use it. */
export type Parser = {
  tokens: Tokens;
  dropLeadingWhitespace: boolean;
  nextToken(): Token | null;
  peekToken(): Token | null;
  parseAsRoot(): SyntaxNode;
  parseNodes(): SyntaxNode[];
  parseRaw(tag?: string): SyntaxNode;
  parseStatement(): SyntaxNode | null;
  parseExpression(): SyntaxNode;
  advanceAfterBlockEnd(name?: string): Token;
  advanceAfterVariableEnd(): void;
  fail(message: string, line?: number, column?: number): never;
};

/** Makes the two nodes that our half of the parser needs. */
export type NodeMaker = { output(at: Token, child: SyntaxNode): SyntaxNode; data(at: Token, text: string): SyntaxNode };

type NodeClass = new (line: number, column: number, value: unknown) => SyntaxNode;

/** The node maker over nunjucks' node classes. */
export function nodeMaker(nodes: unknown): NodeMaker {
  const { Output, TemplateData } = nodes as { Output: NodeClass; TemplateData: NodeClass };
  const output = (at: Token, child: SyntaxNode) => new Output(at.lineno, at.colno, [child]);
  return { output, data: (at, text) => output(at, new TemplateData(at.lineno, at.colno, text)) };
}

/**
 * Replaces the two methods of nunjucks' parser that trim and search with regular expressions: their time grows with the
 * square of the source (64 KB of blanks before `{%-`, or an open `{% raw %}`, hold a process for seconds).
 */
export function readBodies(parser: Parser, make: NodeMaker): void {
  parser.parseNodes = () => {
    const found: SyntaxNode[] = [];
    for (let token = parser.nextToken(); token !== null; token = parser.nextToken()) {
      const node = readOne(parser, token, make);
      if (node === null) break;
      if (node !== undefined) found.push(node);
    }
    return found;
  };
  parser.parseRaw = (tag = "raw") => {
    const begun = parser.advanceAfterBlockEnd();
    return make.data(begun, rawText(parser, tag));
  };
}

// null ends this body, undefined is a comment.
function readOne(parser: Parser, token: Token, make: NodeMaker): SyntaxNode | null | undefined {
  switch (token.type) {
    case "data":
      return make.data(token, trimmed(parser, String(token.value)));
    case "block-start":
      parser.dropLeadingWhitespace = false;
      return parser.parseStatement();
    case "variable-start": {
      const expression = parser.parseExpression();
      parser.dropLeadingWhitespace = false;
      parser.advanceAfterVariableEnd();
      return make.output(token, expression);
    }
    case "comment":
      parser.dropLeadingWhitespace = String(token.value).at(-3) === "-";
      return undefined;
    default:
      return parser.fail(`Unexpected ${token.type}`, token.lineno, token.colno);
  }
}

function trimmed(parser: Parser, data: string): string {
  const next = parser.peekToken();
  const text = parser.dropLeadingWhitespace ? data.trimStart() : data;
  parser.dropLeadingWhitespace = false;
  return next !== null && opensWithDash(next) ? text.trimEnd() : text;
}

function opensWithDash(token: Token): boolean {
  const value = String(token.value);
  if (token.type === "block-start") return value.endsWith("-");
  return (token.type === "variable-start" || token.type === "comment") && value.charAt(2) === "-";
}

// Raw sections nest: an inner {% raw %} needs its own {% endraw %}.
function rawText(parser: Parser, tag: string): string {
  const { tokens } = parser;
  const marks = new RegExp(`\\{%\\s*(${tag === "verbatim" ? "verbatim|endverbatim" : "raw|endraw"})\\s*%\\}`, "g");
  const start = (marks.lastIndex = tokens.index);
  let level = 1;
  for (let mark = marks.exec(tokens.str); mark !== null; mark = marks.exec(tokens.str)) {
    level += mark[1] === tag ? 1 : -1;
    if (level > 0) continue;
    tokens.forwardN(marks.lastIndex - start);
    return tokens.str.slice(start, mark.index);
  }
  return parser.fail(`{% ${tag} %} is never closed`);
}
