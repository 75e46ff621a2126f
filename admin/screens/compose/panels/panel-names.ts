import { prefix } from "../../../components/generated-form/sent-values.ts";

/**
 * What was typed into panels, as the form sent it: `panels[]` names those it showed, `panels-without[]` those the post goes out
 * without, and `panel.<plugin>.<panel>.<field>` are their fields.
 */
export type TypedPanels = readonly (readonly [name: string, value: string])[];

/** What the names of a panel's controls begin with. */
export const startOf = (uid: string): string => `panel.${uid}.`;

/** What of a sent form stands in panels; null when it showed none. */
export function panelsIn(fields: URLSearchParams): TypedPanels | null {
  const own = [...fields].filter(([name]) => /^(panels|panels-without)(\[\])?$|^panel\./.test(name));
  return own.some(([name]) => name.startsWith("panels"))
    ? own.map(([name, value]) => [name, value.replaceAll("\r\n", "\n")])
    : null;
}

/** Whether a form showed a panel. */
export function isShown(typed: TypedPanels | null, uid: string): boolean {
  return typed?.some(([name, value]) => /^panels(\[\])?$/.test(name) && value === uid) ?? false;
}

/** Whether somebody wants the post to go out without what a panel says. */
export function isLeftOut(typed: TypedPanels | null, uid: string): boolean {
  return typed?.some(([name, value]) => name.startsWith("panels-without") && value === uid) ?? false;
}

/** The fields of a panel as generated forms name them. */
export function formOf(typed: TypedPanels, uid: string): URLSearchParams {
  const start = startOf(uid);
  const own = typed.filter(([name]) => name.startsWith(start));
  return new URLSearchParams(own.map(([name, value]) => [prefix + name.slice(start.length), value]));
}

/** The same with other fields for one panel. */
export function withForm(typed: TypedPanels, uid: string, form: URLSearchParams): TypedPanels {
  const start = startOf(uid);
  const others = typed.filter(([name]) => !name.startsWith(start));
  return [...others, ...[...form].map(([name, value]) => [start + name.slice(prefix.length), value] as const)];
}
