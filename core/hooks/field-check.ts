import type { Field, Fields, FieldType } from "./fields.ts";

const types = {
  text: 1,
  textarea: 1,
  markdown: 1,
  url: 1,
  email: 1,
  handle: 1,
  secret: 1,
  number: 1,
  range: 1,
  boolean: 1,
  select: 1,
  radio: 1,
  color: 1,
  date: 1,
  dateTime: 1,
  duration: 1,
  image: 1,
  font: 1,
  category: 1,
  page: 1,
  menu: 1,
  blog: 1,
  account: 1,
  list: 1,
  oauth: 1,
  note: 1,
} as const satisfies Record<FieldType, 1>;

const manyOf: readonly FieldType[] = ["select", "category", "page", "blog", "account", "oauth"];
// An entry of a list is a few plain values: nothing that is sealed, connected, uploaded or a list again.
const notInLists: readonly FieldType[] = ["list", "oauth", "secret", "image"];

/** The first thing wrong with the fields somebody declares, as a sentence; null when a form can be made of them. */
export function fieldsProblem(fields: Fields): string | null {
  for (const [key, field] of Object.entries(fields)) {
    if (!/^[a-z][A-Za-z0-9_]{0,39}$/.test(key) || !field.label) return `setting “${key}” needs a plain name and a label.`;
    const problem = fieldProblem(field, fields);
    if (problem) return `setting “${key}” ${problem}`;
  }
  return null;
}

function fieldProblem(field: Field, all: Fields): string | null {
  if (!Object.hasOwn(types, field.type))
    return `has the unknown type “${String(field.type)}”; there are: ${Object.keys(types).join(", ")}.`;
  if ((field.type === "select" || field.type === "radio") && !field.options?.length) return "needs options.";
  if (field.multiple && !manyOf.includes(field.type)) return `cannot be multiple: only ${manyOf.join(", ")} can.`;
  if (field.type === "range" && (field.min === undefined || field.max === undefined)) return "needs min and max.";
  if (field.pattern !== undefined && !isPattern(field.pattern)) return "has a pattern that is no regular expression.";
  const stranger = Object.keys(field.when ?? {}).find((name) => !Object.hasOwn(all, name));
  if (stranger !== undefined) return `depends on “${stranger}”, which is no setting.`;
  return field.type === "list" ? listProblem(field) : null;
}

function listProblem({ fields }: Field): string | null {
  if (!fields || Object.keys(fields).length === 0) return "needs the fields of its entries.";
  const wrong = Object.entries(fields).find(([, { type }]) => notInLists.includes(type));
  if (wrong) return `cannot hold “${wrong[0]}”: an entry of a list has no ${wrong[1].type}.`;
  const many = Object.entries(fields).find(([, { multiple }]) => multiple);
  if (many) return `cannot hold “${many[0]}”: in an entry of a list each field has one value.`;
  const problem = fieldsProblem(fields);
  return problem && `has an entry whose ${problem}`;
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(`^(?:${pattern})$`, "u").test("");
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
