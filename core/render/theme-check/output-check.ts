import { slotNames } from "../slots.ts";
import type { Analysis } from "../theme-engine/engine.ts";
import type { ThemeFinding } from "./finding.ts";
import { templateNames, usesOf, type ThemeUnderCheck } from "./theme-under-check.ts";

const required = ["after-content", "footer"];
// Printed by head() and bodyEnd().
const printedByFunctions = ["head", "body-end"];

/** T4xx: what every page must print, so that plugins, feeds and styles work with any theme. */
export function* outputFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const uses = effectiveTemplates(theme);
  for (const { name, uses: own } of documents(theme)) {
    const called = calledBy(own, uses);
    if (called === null) continue;
    const at = { level: "error", file: `templates/${name}`, line: 1 } as const;
    if (!called.has("head"))
      yield { ...at, code: "T401", message: "It never prints head(): title, styles, feeds and what plugins add are missing." };
    if (!called.has("bodyEnd"))
      yield { ...at, code: "T402", message: "It never prints bodyEnd(): scripts of the theme and of plugins are missing." };
  }
  const printed = new Set([...uses.values()].flatMap(({ slots }) => slots.map(({ name }) => name)));
  if (printed.has("")) return; // a name that is made while drawing may be any
  for (const name of slotNames.filter((slot) => !printed.has(slot) && !printedByFunctions.includes(slot))) {
    const at = { file: "templates", line: 0 };
    if (required.includes(name))
      yield {
        ...at,
        code: "T403",
        level: "error",
        message: `slot("${name}") is printed nowhere: plugins cannot work without it.`,
      };
    else
      yield {
        ...at,
        code: "T404",
        level: "info",
        message: `slot("${name}") is printed nowhere: what plugins show there is missing.`,
      };
  }
}

// Own templates that are whole documents: no partial, no mail, no view, nothing that fills another's blocks.
function documents({ templates }: ThemeUnderCheck): { name: string; uses: Analysis }[] {
  const sound = templates.flatMap((template) => ("uses" in template ? [template] : []));
  const included = new Set(sound.flatMap(({ uses }) => [...uses.includes, ...uses.imports].map(({ name }) => name)));
  return sound.filter(
    ({ name, uses }) => !/^(partials|email|plugin)\//.test(name) && !included.has(name) && uses.extends.length === 0,
  );
}

// Every name with the template that a page would get: the theme's own, else its nearest parent's.
function effectiveTemplates({ templates, parents }: ThemeUnderCheck): Map<string, Analysis> {
  const found = new Map(templates.flatMap((one) => ("uses" in one ? [[one.name, one.uses] as const] : [])));
  for (const parent of parents)
    for (const name of templateNames(parent.folder)) {
      const uses = found.has(name) ? null : usesOf(parent, name);
      if (uses) found.set(name, uses);
    }
  return found;
}

// Functions called by a template and all it includes; null when a name is made while drawing.
function calledBy(uses: Analysis, all: ReadonlyMap<string, Analysis>, seen = new Set<string>()): Set<string> | null {
  const called = new Set(uses.functions.map(({ name }) => name));
  for (const { name } of uses.includes) {
    if (name === "") return null;
    if (seen.has(name)) continue;
    seen.add(name);
    const inner = all.get(name);
    const deeper = inner && calledBy(inner, all, seen);
    if (deeper === null) return null;
    for (const one of deeper ?? []) called.add(one);
  }
  return called;
}
