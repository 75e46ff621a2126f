import type { Finding } from "./finding.ts";

/** What must be documented, and where. */
export type Documented = {
  readonly file: string;
  readonly what: string;
  readonly names: readonly string[];
  readonly isHeading: boolean;
};

/** Names that their page of the documentation lacks; `read` gives a page's text, or null when there is none. */
export function undocumented(promises: readonly Documented[], read: (file: string) => string | null): Finding[] {
  const findings: Finding[] = [];
  for (const { file, what, names, isHeading } of promises) {
    const text = read(file);
    if (text === null) {
      findings.push({ file, sentence: `is missing: it documents every ${what}.` });
      continue;
    }
    const place = isHeading ? headings(text) : text;
    for (const name of names) if (!mentions(place, name)) findings.push({ file, sentence: `lacks the ${what} ${name}.` });
  }
  return findings;
}

/** The names a module exports, from its text: `export { a }`, `export type { A, type B }`, `export const c`. */
export function exportedNames(source: string): string[] {
  const lists = [...source.matchAll(/export\s+(?:type\s+)?\{([^}]*)\}/g)].flatMap((match) => match[1]!.split(","));
  const listed = lists.map((part) =>
    part
      .trim()
      .replace(/^type\s+/, "")
      .split(/\s+as\s+/)
      .at(-1)!
      .trim(),
  );
  const declared = [...source.matchAll(/export\s+(?:async\s+)?(?:const|function|class|type|interface)\s+(\w+)/g)].map(
    (match) => match[1]!,
  );
  return [...listed, ...declared].filter(Boolean);
}

/** The names of the core's hooks, from the catalogue's text. */
export function hookNames(catalogue: string): string[] {
  const body = /interface (?:Core)?Hooks \{([\s\S]*?)\n\}/.exec(catalogue)?.[1] ?? "";
  return [...body.matchAll(/^\s*"([\w.]+)":/gm)].map((match) => match[1]!);
}

function headings(text: string): string {
  return text
    .split("\n")
    .filter((line) => /^#{1,6} |^\| *`/.test(line))
    .join("\n");
}

function mentions(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(^|[^\\w.])${escaped}($|[^\\w.]|\\.(?!\\w))`, "m").test(text);
}
