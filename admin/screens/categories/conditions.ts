import type { CategoryFilter, TypedCondition } from "../../../core/posts/filters/category-filter.ts";
import { all } from "../../fields.ts";
import type { AdminRequest } from "../../request.ts";

/** A row of the form: what is asked for (`kind:article` names a kind at once), and the word or number it is asked with. */
export type ConditionRow = { readonly is: string; readonly value: string };

const simple = ["text", "emoji", "longer", "shorter", "photo", "audio", "link"] as const;
const kinds = ["note", "article", "photo", "audio", "video", "reply", "bookmark"] as const;
const mostRows = 10;

/** A stored filter as rows, with some empty ones behind for more. */
export function conditionRows(filter: CategoryFilter | null): readonly ConditionRow[] {
  const rows = (filter?.conditions ?? []).map((condition) =>
    condition.is === "kind"
      ? { is: `kind:${condition.value}`, value: "" }
      : { is: condition.is, value: "value" in condition ? String(condition.value) : "" },
  );
  return withEmptyRows(rows);
}

/** The rows of a form as they were sent. */
export function sentRows(fields: URLSearchParams): readonly ConditionRow[] {
  const values = all(fields, "value");
  return all(fields, "is")
    .slice(0, 20)
    .map((is, at) => ({ is: is.slice(0, 40), value: (values[at] ?? "").slice(0, 300) }));
}

/** Rows as the core's filters want them. */
export function typedConditions(rows: readonly ConditionRow[]): readonly TypedCondition[] {
  return rows.map(({ is, value }) => (is.startsWith("kind:") ? { is: "kind", value: is.slice(5) } : { is, value }));
}

/** Rows with empty ones behind: two at least, three rows in all, ten at most. */
export function withEmptyRows(rows: readonly ConditionRow[]): readonly ConditionRow[] {
  const filled = rows.filter(({ is }) => is !== "");
  const count = Math.min(mostRows, Math.max(3, filled.length + 2));
  return [...filled, ...Array.from({ length: Math.max(0, count - filled.length) }, () => ({ is: "", value: "" }))];
}

/** What a row can ask for, in words; a kind that a plugin brought is there when a row has it. */
export function conditionChoices({ t }: Pick<AdminRequest, "t">, rows: readonly ConditionRow[]) {
  const rare = rows.flatMap(({ is }) => (is.startsWith("kind:") && !kinds.some((kind) => `kind:${kind}` === is) ? [is] : []));
  return [
    { value: "", label: t("categories.is-none") },
    ...simple.map((is) => ({ value: is, label: t(`categories.is-${is}`) })),
    ...kinds.map((kind) => ({ value: `kind:${kind}`, label: t(`categories.kind-${kind}`) })),
    ...rare.map((is) => ({ value: is, label: t("categories.is-kind", { kind: is.slice(5) }) })),
  ];
}
