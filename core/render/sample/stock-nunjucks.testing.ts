import nunjucks from "nunjucks";
import type { Prepared } from "../draw.ts";
import { helperFacts } from "../theme-engine/brands.ts";
import { html, isHtml } from "../theme-engine/engine.ts";
import { State } from "../theme-engine/state.ts";

type Callable = (...values: unknown[]) => unknown;
type Untyped = { addTest(name: string, test: Callable): void };

const { SafeString } = nunjucks.runtime as unknown as { SafeString: new (text: string) => { toString(): string } };

// Our markup counts as theirs, so that the same data can be given to both.
const isTheirs = (value: unknown) =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === SafeString.prototype;
Object.defineProperty(SafeString, Symbol.hasInstance, { value: (value: unknown) => isTheirs(value) || isHtml(value) });

// How nunjucks tells keyword arguments from an object.
const keywordsMark = "__keywords";

/** Filters that nunjucks lacks, or that differ from its own on purpose (see the README of the engine). */
const ours = new Set(
  "date relative iso number plural where unique markdown json split truncatewords safe replace title reverse upper lower striptags truncate nl2br".split(
    " ",
  ),
);

/** What stock nunjucks makes of a page's template with the same data and functions. */
export function stockRender(name: string, { context, environment }: Prepared): string {
  const loader = {
    getSource(wanted: string) {
      const template = environment.load(wanted);
      return template && { src: template.source, path: wanted, noCache: true };
    },
  };
  const stock = new nunjucks.Environment(loader as unknown as nunjucks.ILoader, { autoescape: true });
  const state = new State(environment, name);
  for (const [filter, apply] of environment.filters)
    if (ours.has(filter))
      stock.addFilter(
        filter,
        adapted(apply, (...values) => (apply as Callable)(state, ...values), 1),
      );
  for (const [test, check] of environment.tests)
    (stock as unknown as Untyped).addTest(test, (...values) => (check as Callable)(state, ...values));
  for (const [global, value] of environment.globals)
    stock.addGlobal(global, typeof value === "function" ? adapted(value, value as Callable, 0) : value);
  return stock.render(name, { ...context });
}

/** A function of ours as theirs: keyword arguments arrive as one last object, and their markup as ours. */
function adapted(original: unknown, call: Callable, before: number): Callable {
  const parameters = helperFacts(original)?.parameters;
  return (...given) => {
    const values = given.map((value) => (isTheirs(value) ? html(String(value)) : value));
    const last = values.at(-1);
    if (typeof last !== "object" || last === null || !(keywordsMark in last)) return call(...values);
    values.pop();
    const { [keywordsMark]: _mark, ...keywords } = last as Record<string, unknown>;
    if (!parameters) return call(...values, keywords);
    for (const [key, value] of Object.entries(keywords)) values[parameters.indexOf(key) + before] = value;
    return call(...values);
  };
}
