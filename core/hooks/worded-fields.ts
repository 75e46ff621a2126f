import type { Field, Fields } from "./fields.ts";

/** A word in the reader's language by its key; `written` is what the manifest says, for where no catalogue has it. */
export type SayWord = (key: string, written: string) => string;

/**
 * Fields in somebody's language. The words of `<field>` have the keys `settings.<field>.label`, `.help`, `.group`,
 * `.options.<value>` and `.test` (the button beside it); those of a list's entries `settings.<field>.fields.<inner>.label`.
 */
export function wordedFields(fields: Fields, say: SayWord, place = "settings"): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, wordedField(field, say, `${place}.${name}`)]));
}

function wordedField(field: Field, say: SayWord, at: string): Field {
  const { help, group, options, testAction, fields } = field;
  return {
    ...field,
    label: say(`${at}.label`, field.label),
    ...(help !== undefined && { help: say(`${at}.help`, help) }),
    ...(group !== undefined && { group: say(`${at}.group`, group) }),
    ...(options && { options: options.map((option) => wordedOption(option, say, at)) }),
    ...(testAction && { testAction: { ...testAction, label: say(`${at}.test`, testAction.label) } }),
    ...(fields && { fields: wordedFields(fields, say, `${at}.fields`) }),
  };
}

function wordedOption(option: NonNullable<Field["options"]>[number], say: SayWord, at: string) {
  const { value, label } = typeof option === "string" ? { value: option, label: option } : option;
  return { value, label: say(`${at}.options.${value}`, label) };
}
