import { slotNames } from "../slots.ts";
import type { Analysis, Mention } from "../theme-engine/engine.ts";
import type { ThemeFinding } from "./finding.ts";
import { knownData, knownFilters, knownFunctions, knownTests } from "./known-names.ts";
import { templateNames, type ThemeUnderCheck } from "./theme-under-check.ts";

/** T3xx: templates that cannot be compiled, and names in them that nobody knows. */
export function* templateFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const names = new Set([
    ...theme.templates.map(({ name }) => name),
    ...theme.parents.flatMap((parent) => templateNames(parent.folder)),
  ]);
  for (const template of theme.templates) {
    const file = `templates/${template.name}`;
    if ("error" in template) {
      const { line, column, message } = template.error;
      yield { code: "T301", level: "error", file, line, message: `${message}${column > 0 ? ` (column ${column})` : ""}` };
      continue;
    }
    // A plugin's view gets the data of its plugin.
    const isView = template.name.startsWith("plugin/");
    for (const { code, level, mention, message } of problemsOf(template.uses, names, isView))
      yield { code, level, file, line: mention.line, message };
  }
}

type Problem = Pick<ThemeFinding, "code" | "level" | "message"> & { readonly mention: Mention };

function* problemsOf(uses: Analysis, names: ReadonlySet<string>, isView: boolean): Generator<Problem> {
  const unknown = (known: ReadonlySet<string>, mentions: readonly Mention[]) => mentions.filter(({ name }) => !known.has(name));
  for (const mention of unknown(knownFunctions, uses.functions))
    yield { code: "T302", level: "error", mention, message: `There is no function ${mention.name}().` };
  for (const mention of unknown(knownFilters, uses.filters))
    yield { code: "T303", level: "error", mention, message: `There is no filter “${mention.name}”.` };
  for (const mention of unknown(knownTests, uses.tests))
    yield { code: "T304", level: "error", mention, message: `There is no test “is ${mention.name}”.` };
  for (const mention of isView ? [] : uses.contextPaths) {
    const [root = ""] = mention.name.split(".");
    if (!knownData.has(root))
      yield {
        code: "T305",
        level: "warning",
        mention,
        message: `No page has “${root}”: it prints nothing, unless the template that includes this one sets it.`,
      };
  }
  const required = [...uses.includes.filter(({ optional }) => !optional), ...uses.imports, ...uses.extends];
  for (const mention of required.filter(({ name }) => name !== "" && !names.has(name)))
    yield { code: "T306", level: "error", mention, message: `There is no template “${mention.name}”, here or in its parents.` };
  for (const mention of unknown(new Set([...slotNames, ""]), uses.slots))
    yield { code: "T307", level: "error", mention, message: `There is no slot “${mention.name}”: ${slotNames.join(", ")}.` };
  for (const mention of uses.unsafe)
    yield {
      code: "T308",
      level: "warning",
      mention,
      message: `“${mention.name}” is made safe, but stays escaped unless it is HTML already.`,
    };
}
