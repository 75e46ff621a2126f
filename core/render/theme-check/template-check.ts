import { slotNames } from "../slots.ts";
import type { Analysis, Mention } from "../theme-engine/engine.ts";
import type { Theme } from "../themes/theme.ts";
import type { ThemeCode } from "./codes.ts";
import { contextProblems, namesGivenBy, type GivenNames } from "./context-check.ts";
import { finding, type ThemeFinding } from "./finding.ts";
import { knownFilters, knownFunctions, knownTests } from "./known-names.ts";
import {
  effectiveTemplates,
  soundTemplates,
  templateNames,
  templateOf,
  type CheckedTemplate,
  type ThemeUnderCheck,
} from "./theme-under-check.ts";

/** What templates may name: other templates, texts of the locales, and what those that include them set. */
export type Surroundings = { readonly templates: ReadonlySet<string>; readonly given: GivenNames; hasText(key: string): boolean };

/** T3xx: templates that cannot be compiled, and names in them that nobody knows. */
export function* templateFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const around = surroundingsOf(theme);
  for (const template of theme.templates) yield* findingsOfTemplate(template, around);
  yield* circleFindings(theme);
}

/** T3xx of one template alone. */
export function* findingsOfTemplate(template: CheckedTemplate, around: Surroundings): Generator<ThemeFinding> {
  const file = `templates/${template.name}`;
  if ("error" in template) {
    const { line, column, message } = template.error;
    yield finding("T301", { file, line }, `${message}${column > 0 ? ` (column ${column})` : ""}`);
    return;
  }
  for (const [code, { line }, message] of namesNobodyKnows(template.uses, withTextsOfPlugin(template.name, around)))
    yield finding(code, { file, line }, message);
  for (const [code, { line }, message] of contextProblems(template.name, template.source, around.given))
    yield finding(code, { file, line }, message);
}

// A theme's version of a plugin's template speaks with the plugin's texts, which lie with the plugin.
function withTextsOfPlugin(name: string, around: Surroundings): Surroundings {
  return name.startsWith("plugin/") ? { ...around, hasText: () => true } : around;
}

/** What is wrong at a place of a template. */
export type TemplateProblem = readonly [code: ThemeCode, mention: Mention, message: string];

function* namesNobodyKnows(uses: Analysis, around: Surroundings): Generator<TemplateProblem> {
  const unknown = <M extends Mention>(known: ReadonlySet<string>, mentions: readonly M[]) =>
    mentions.filter(({ name }) => !known.has(name));
  for (const one of unknown(knownFunctions, uses.functions)) yield ["T302", one, `There is no function ${one.name}().`];
  for (const one of unknown(knownFilters, uses.filters)) yield ["T303", one, `There is no filter “${one.name}”.`];
  for (const one of unknown(knownTests, uses.tests)) yield ["T304", one, `There is no test “is ${one.name}”.`];
  const required = [...uses.includes.filter(({ optional }) => !optional), ...uses.imports, ...uses.extends];
  for (const one of required.filter(({ name }) => name !== "" && !around.templates.has(name)))
    yield ["T306", one, `There is no template “${one.name}”, here or in its parents.`];
  for (const one of unknown(new Set([...slotNames, ""]), uses.slots))
    yield ["T307", one, `There is no slot “${one.name}”: ${slotNames.join(", ")}.`];
  for (const one of uses.functions.filter(({ name, first }) => name === "t" && first !== "" && !around.hasText(first)))
    yield ["T311", one, `No locale has a text “${one.first}”: it is printed as it stands.`];
  for (const one of uses.unsafe) yield ["T901", one, `“${one.name}” is made safe, but stays escaped unless it is HTML already.`];
}

function surroundingsOf(theme: ThemeUnderCheck): Surroundings {
  const templates = new Set([
    ...theme.templates.map(({ name }) => name),
    ...theme.parents.flatMap((parent) => templateNames(parent.folder)),
  ]);
  const own = soundTemplates(theme).flatMap(({ name, source }) => namesGivenBy(name, source));
  return { templates, given: new Set([...own, ...theme.parents.flatMap(namesOf)]), hasText: textsOf(theme) };
}

/** The names that templates of a theme set for those they include. */
export function namesOf(theme: Theme): string[] {
  return templateNames(theme.folder).flatMap((name) => {
    const template = templateOf(theme, name);
    return template ? namesGivenBy(name, template.source) : [];
  });
}

function textsOf({ ownTexts, parents }: ThemeUnderCheck): (key: string) => boolean {
  const all = [ownTexts, ...parents.map((parent) => parent.texts("en") ?? {})];
  return (key) => all.some((texts) => [key, `${key}.one`, `${key}.other`].some((form) => Object.hasOwn(texts, form)));
}

// A template that leads to itself through includes, or through extends; each circle is told once.
function* circleFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const all = effectiveTemplates(theme);
  const told = new Set<string>();
  for (const { name, uses } of soundTemplates(theme))
    for (const one of [...uses.includes, ...uses.extends, ...uses.imports]) {
      const way = one.name === "" || told.has(name) ? null : wayBack(all, one.name, name);
      if (!way) continue;
      for (const station of way) told.add(station);
      yield finding(
        "T310",
        { file: `templates/${name}`, line: one.line },
        `It leads back to itself: ${[name, ...way].join(" → ")}.`,
      );
    }
}

function wayBack(all: ReadonlyMap<string, Analysis>, from: string, to: string): string[] | null {
  const before = new Map<string, string | null>([[from, null]]);
  for (const name of before.keys()) {
    if (name === to) {
      const way: string[] = [];
      for (let at: string | null = name; at !== null; at = before.get(at) ?? null) way.unshift(at);
      return way;
    }
    const uses = all.get(name);
    for (const next of uses ? [...uses.includes, ...uses.extends, ...uses.imports] : [])
      if (next.name !== "" && !before.has(next.name)) before.set(next.name, name);
  }
  return null;
}
