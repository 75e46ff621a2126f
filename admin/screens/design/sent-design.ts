import type { FieldProblem } from "../../../core/hooks/field-values.ts";
import type { Field, Fields } from "../../../core/hooks/fields.ts";
import type { Json } from "../../../core/hooks/values.ts";
import { checkSettings } from "../../../core/host/save-settings.ts";
import type { DesignChange, DesignProblem } from "../../../core/render/designs/design-change.ts";
import { designProblems } from "../../../core/render/designs/designs.ts";
import type { ChoicesOf } from "../../components/generated-form/form.types.ts";
import { prefix, sentValues } from "../../components/generated-form/sent-values.ts";
import type { OnBlog } from "../../on-blog.ts";
import type { AdminHouse } from "../../house.ts";
import { coreNameOf, formKeyOf, usualValue } from "./design-fields.ts";

type Parts = {
  readonly house: AdminHouse;
  readonly place: OnBlog;
  readonly theme: string;
  readonly fields: Fields;
  readonly choicesOf: ChoicesOf;
};

/** What a form of settings wants changed, and what is wrong with it, by field. */
export type SentDesign = { readonly change: DesignChange; readonly problems: Readonly<Record<string, FieldProblem>> };

// What the core calls wrong, as the forms say it.
const fieldKeys: Readonly<Record<string, string>> = {
  "design.color": "color",
  "design.number": "number",
  "design.address": "url",
  "design.long": "long",
};

/** Reads a sent form of settings. A field that is empty goes back to its default. */
export async function sentDesign(sent: URLSearchParams, parts: Parts): Promise<SentDesign> {
  const { fields, choicesOf, theme, place, house } = parts;
  const given = await sentValues(sent, { fields, choicesOf, timeZone: place.blog.timeZone });
  // Paths of the blog itself are addresses here; the settings of plugins know whole ones only.
  const paths = Object.entries(given.values).filter(([key, value]) => isPath(fields[key]!, value));
  const others = Object.entries(given.values).filter(([key, value]) => !isPath(fields[key]!, value));
  const checked = checkSettings(fields, Object.fromEntries(others));
  const values: Record<string, Json | undefined> = { ...checked.values, ...Object.fromEntries(paths) };
  const keys = Object.keys(given.values).filter((key) => !(key in checked.problems));
  // What is as the theme has it is not kept: a theme that changes its mind takes its blogs along.
  for (const key of keys) if (values[key] === usualValue(fields[key]!)) delete values[key];
  const change: DesignChange = {
    theme,
    core: picked(keys, (key) => coreNameOf(key), values),
    values: picked(keys, (key) => (coreNameOf(key) === null ? key : null), values),
  };
  const found = designProblems(place.scope, house.themes, change).map((problem) => fieldProblem(problem, fields));
  return { change, problems: { ...Object.fromEntries(found), ...checked.problems, ...given.problems } };
}

/** The same form with a field's whole group as the theme has it. */
export function withoutGroup(sent: URLSearchParams, fields: Fields, key: string): URLSearchParams {
  const group = fields[key]?.group ?? "";
  const next = new URLSearchParams(sent);
  for (const [name, field] of Object.entries(fields)) {
    if ((field.group ?? "") !== group) continue;
    next.delete(prefix + name);
    if (field.type === "boolean" ? field.default === true : true)
      next.set(prefix + name, field.type === "boolean" ? "on" : String(field.default ?? ""));
  }
  return next;
}

const isPath = (field: Field, value: Json): boolean => field.type === "url" && typeof value === "string" && value.startsWith("/");

function picked(
  keys: readonly string[],
  nameOf: (key: string) => string | null,
  values: Readonly<Record<string, Json | undefined>>,
): Record<string, Json> {
  return Object.fromEntries(
    keys.flatMap((key) => {
      const name = nameOf(key);
      return name === null ? [] : [[name, values[key] ?? null] as const];
    }),
  );
}

function fieldProblem({ field, key, message, values }: DesignProblem, fields: Fields): [string, FieldProblem] {
  const name = formKeyOf(field);
  const label = fields[name]?.label ?? name;
  return [name, { key: fieldKeys[key] ?? "choice", values: { most: 2000, ...values, label }, sentence: message }];
}
