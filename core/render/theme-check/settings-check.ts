import type { Field } from "../../hooks/fields.ts";
import { typed } from "../style/setting-values.ts";
import { finding, lineOf, type ThemeFinding } from "./finding.ts";
import { effectiveTemplates, soundTemplates, textOf, type ThemeUnderCheck } from "./theme-under-check.ts";

const core = "accent color_scheme show_author date_format posts_per_page footer_text custom_css".split(" ");

/** T5xx: settings that are declared and unused, used and undeclared, or declared wrongly. */
export function* settingsFindings(theme: ThemeUnderCheck): Generator<ThemeFinding> {
  const { manifest, manifestText, parents } = theme;
  if ("problem" in manifest) return;
  const at = (key: string) => ({ file: "theme.json", line: lineOf(manifestText!, new RegExp(`"key"\\s*:\\s*"${key}"`)) });
  const inherited = Object.assign({}, ...parents.toReversed().map((parent) => parent.manifest.settings)) as Record<string, Field>;
  const used = usedSettings(theme);
  const sheets = sheetsOf(theme);
  for (const [key, field] of Object.entries(manifest.settings)) {
    const isInSheet = field.cssVar !== undefined && sheets.includes(`--${field.cssVar}`);
    if (!used.has(key) && !used.has("") && !isInSheet && !core.includes(key))
      yield finding("T501", at(key), `“${key}” is declared, but changes nothing.`);
    for (const [code, message] of fieldProblems(key, field, { ...inherited, ...manifest.settings }, theme))
      yield finding(code, at(key), message);
  }
  const keys = manifest.writtenSettings.map(({ key }) => String(key));
  for (const key of new Set(keys.filter((one, index) => keys.indexOf(one) !== index)))
    yield finding("T508", at(key), `“${key}” is declared twice; the last one counts.`);
  const declared = new Set([...core, ...Object.keys(inherited), ...Object.keys(manifest.settings)]);
  for (const { name, uses } of soundTemplates(theme))
    for (const { name: path, line } of uses.contextPaths) {
      const key = /^theme\.settings\.([^.]+)/.exec(path)?.[1];
      if (key !== undefined && !declared.has(key))
        yield finding("T502", { file: `templates/${name}`, line }, `The setting “${key}” is not declared: it is always empty.`);
    }
}

type Problem = readonly ["T503" | "T504" | "T505" | "T506" | "T507", string];

function* fieldProblems(
  key: string,
  field: Field,
  all: Readonly<Record<string, Field>>,
  theme: ThemeUnderCheck,
): Generator<Problem> {
  if (core.includes(key)) yield ["T505", `“${key}” is a setting that every theme has.`];
  if ((field.type === "select" || field.type === "radio") && !(field.options ?? []).length)
    yield ["T507", `“${key}” is a choice, but nothing can be chosen.`];
  else if (field.default !== undefined && field.default !== "" && typed(field, field.default, theme.parents) === null)
    yield ["T503", `The default of “${key}” is ${JSON.stringify(field.default)}, which its field does not allow.`];
  if (field.renamedFrom !== undefined && Object.hasOwn(all, field.renamedFrom))
    yield ["T504", `“${key}” was renamed from “${field.renamedFrom}”, which is still declared.`];
  for (const other of Object.keys(field.when ?? {}))
    if (!Object.hasOwn(all, other)) yield ["T506", `“${key}” is shown depending on “${other}”, which is not declared.`];
}

// "" when some template reads settings by a name it makes while drawing.
function usedSettings(theme: ThemeUnderCheck): Set<string> {
  const used = new Set<string>();
  for (const { contextPaths } of effectiveTemplates(theme).values())
    for (const { name } of contextPaths) {
      const match = /^theme(?:\.settings(?:\.([^.]+))?)?/.exec(name);
      if (match && (match[1] !== undefined || name === "theme" || name === "theme.settings")) used.add(match[1] ?? "");
    }
  return used;
}

function sheetsOf(theme: ThemeUnderCheck): string {
  const own = theme.files.filter(({ path }) => /^assets\/.+\.css$/.test(path)).map(({ path }) => textOf(theme, path));
  const above = theme.parents.flatMap((parent) =>
    parent.manifest.styles.map((path) => Buffer.from(parent.asset(path)?.bytes ?? []).toString("utf8")),
  );
  return [...own, ...above].join("\n");
}
