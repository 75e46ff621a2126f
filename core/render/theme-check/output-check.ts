import { slotNames } from "../slots.ts";
import type { Analysis } from "../theme-engine/engine.ts";
import { finding, lineOf, type ThemeFinding } from "./finding.ts";
import { effectiveTemplates, soundTemplates, type ThemeUnderCheck } from "./theme-under-check.ts";

const required = ["after-content", "footer"];
// Printed by head() and bodyEnd().
const printedByFunctions = ["head", "body-end"];

/** T401 to T404, T411: functions and slots that every theme must print, so that plugins, feeds and styles work with it. */
export function* outputFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const uses = effectiveTemplates(theme);
  for (const { name, uses: own } of documents(theme)) {
    const called = calledBy(own, uses);
    if (called === null) continue;
    const at = { file: `templates/${name}`, line: 1 };
    if (!called.has("head"))
      yield finding("T401", at, "It never prints head(): title, styles, feeds and what plugins add are missing.");
    if (!called.has("bodyEnd"))
      yield finding("T402", at, "It never prints bodyEnd(): scripts of the theme and of plugins are missing.");
  }
  yield* slotFindings(theme, new Set([...uses.values()].flatMap(({ slots }) => slots.map(({ name }) => name))));
}

function* slotFindings({ manifest, manifestText }: ThemeUnderCheck, printed: ReadonlySet<string>): Generator<ThemeFinding> {
  if (printed.has("")) return; // a name that is made while drawing may be any
  for (const name of slotNames.filter((slot) => !printed.has(slot) && !printedByFunctions.includes(slot)))
    if (required.includes(name))
      yield finding("T403", { file: "templates" }, `slot("${name}") is printed nowhere: plugins cannot work without it.`);
    else yield finding("T404", { file: "templates" }, `slot("${name}") is printed nowhere: what plugins show there is missing.`);
  const said = "problem" in manifest ? [] : manifest.slots;
  for (const name of said.filter((slot) => !printed.has(slot) && !printedByFunctions.includes(slot)))
    yield finding(
      "T411",
      { file: "theme.json", line: lineOf(manifestText!, `"${name}"`) },
      `“${name}” is listed, but not printed.`,
    );
}

// Own templates that are whole documents: no partial, no mail, no view, nothing that fills another's blocks.
function documents(theme: ThemeUnderCheck): { name: string; uses: Analysis }[] {
  const sound = soundTemplates(theme);
  const included = new Set(sound.flatMap(({ uses }) => [...uses.includes, ...uses.imports].map(({ name }) => name)));
  return sound.filter(
    ({ name, uses }) =>
      !/^(partials|email|plugin)\//.test(name) && !included.has(name) && uses.extends.length === 0 && !isMacros(uses),
  );
}

const isMacros = ({ macros, blocks, functions }: Analysis) => macros.length > 0 && blocks.length === 0 && functions.length === 0;

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
