import { fieldsProblem } from "../../hooks/field-check.ts";
import { checkValue, isNothing, type FieldProblem } from "../../hooks/field-values.ts";
import type { Fields, FieldType } from "../../hooks/fields.ts";
import type { Json } from "../../hooks/values.ts";
import type { Plugin } from "../manifest.ts";
import type { TypedValues } from "./connection.types.ts";

// Typed once and forgotten: nothing that is chosen from the house, uploaded or a list.
const plain: readonly FieldType[] = ["text", "url", "email", "handle", "secret", "number", "boolean", "select", "radio", "note"];

/** The first thing wrong with the fields that a plugin's connections are typed into, as a sentence; null when they are sound. */
export function typedProblem({ connections }: Pick<Plugin, "connections">): string | null {
  for (const [setting, way] of Object.entries(connections ?? {})) {
    if (!("fields" in way)) continue;
    const problem = fieldsProblem(way.fields);
    if (problem) return `in what connects “${setting}”, ${problem}`;
    const other = Object.entries(way.fields).find(([, { type, multiple }]) => !plain.includes(type) || multiple);
    if (other) return `in what connects “${setting}”, “${other[0]}” must be of one of the kinds ${plain.join(", ")}.`;
  }
  return null;
}

/** What was typed to connect `setting`, checked; what is wrong by `<setting>.<field>`. */
export function checkTyped(
  setting: string,
  fields: Fields,
  typed: Readonly<Record<string, Json>>,
): { readonly values: TypedValues; readonly problems: Readonly<Record<string, FieldProblem>> } {
  const values: Record<string, string | number | boolean | undefined> = {};
  const problems: Record<string, FieldProblem> = {};
  for (const [name, field] of Object.entries(fields)) {
    if (field.type === "note") continue;
    const checked = checkValue(field, typed[name] ?? "");
    if (!checked.ok) problems[`${setting}.${name}`] = checked.problem;
    else values[name] = (isNothing(checked.value) ? field.default : checked.value) as string | undefined;
  }
  return { values, problems };
}
