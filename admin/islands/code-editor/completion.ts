import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";

/** A name and what it is, in one line. */
type Named = readonly [name: string, about: string];

/** What a template may say: fields of its page and functions, filters, tests. */
export type Names = { readonly names: readonly Named[]; readonly filters: readonly Named[]; readonly tests: readonly Named[] };

const mostLooked = 2000;

/** What stands before the cursor in a template: the word being typed and which of the names fit; null outside of `{{ }}` and `{% %}`. */
export function wordBefore(text: string): { readonly kind: keyof Names; readonly word: string } | null {
  const open = Math.max(text.lastIndexOf("{{"), text.lastIndexOf("{%"));
  if (open < 0 || /\}\}|%\}/.test(text.slice(open))) return null;
  const inside = text.slice(open + 2);
  // In a text of its own a word is only a word.
  const quotes = inside.replace(/\\./g, "").match(/["']/g) ?? [];
  if (quotes.length % 2 === 1) return null;
  const word = /[A-Za-z_][\w.]*$/.exec(inside)?.[0] ?? "";
  const before = inside.slice(0, inside.length - word.length);
  if (/\|\s*$/.test(before)) return { kind: "filters", word };
  return { kind: /\bis\s+(not\s+)?$/.test(before) ? "tests" : "names", word };
}

/** Offers names where a template can say them. */
export function offerNames(names: Names): (context: CompletionContext) => CompletionResult | null {
  const options = Object.fromEntries(
    Object.entries(names).map(([kind, list]: [string, readonly Named[]]) => [kind, list.map(optionOf)]),
  ) as Record<keyof Names, Completion[]>;
  return (context) => {
    const found = wordBefore(context.state.sliceDoc(Math.max(0, context.pos - mostLooked), context.pos));
    if (!found || (found.word === "" && !context.explicit)) return null;
    return { from: context.pos - found.word.length, options: options[found.kind], validFor: /^[\w.]*$/ };
  };
}

function optionOf([label, info]: Named): Completion {
  const isFunction = label.endsWith("()");
  return {
    label: label.replace("()", ""),
    type: isFunction ? "function" : "variable",
    ...(isFunction && { apply: label.replace("()", "("), displayLabel: label }),
    ...(info !== "" && { detail: info }),
  };
}
