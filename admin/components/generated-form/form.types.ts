import type { Field, Fields } from "../../../core/hooks/fields.ts";
import type { FieldProblem, RawValues } from "../../../core/hooks/field-values.ts";
import type { Json } from "../../../core/hooks/values.ts";

/** One thing that can be chosen; `typed` is what somebody writes for it where the list is long, `picture` shows it. */
export type Choice = { readonly value: string; readonly label: string; readonly typed?: string; readonly picture?: string };

/** What a field can be filled with. A long list is typed, with the first choices offered; `find` looks further. */
export type Choices = {
  readonly list: readonly Choice[];
  readonly isLong?: boolean;
  find?(typed: string): Promise<Choice | null>;
};

/** Choices by the kind of field: categories, pages, menus, blogs, accounts, pictures, fonts. */
export type ChoicesOf = (field: Field) => Promise<Choices>;

/** What a form is made of: fields, what is stored, and after a refusal what was sent and what is wrong with it. */
export type FormParts = {
  readonly fields: Fields;
  readonly stored: RawValues;
  readonly choicesOf: ChoicesOf;
  /** The zone that dates with a time are typed in. */
  readonly timeZone: string;
  readonly sent?: URLSearchParams;
  readonly problems?: Readonly<Record<string, FieldProblem>>;
  /** Sentences that are said at a control already in the reader's language, by its id. */
  readonly sentences?: Readonly<Record<string, string>>;
  /** What is typed to connect a field of type `oauth`, by its name. */
  readonly typed?: Readonly<Record<string, Fields>>;
  /** The entry of a list that gets the focus, after one of its buttons. */
  readonly focus?: string;
};

/** One entry of a list: its controls, and where it can be moved. */
export type ListRow = {
  readonly number: number;
  readonly controls: readonly Control[];
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** Somebody just added it, or moved it here. */
  readonly hasFocus: boolean;
};

/** One control of a form, ready to be drawn. */
export type Control = {
  /** Its name in the form. */
  readonly name: string;
  /** Its name among the fields. */
  readonly key: string;
  readonly look: Look;
  readonly type: string;
  readonly field: Field;
  readonly value: Json;
  /** Something is stored: of secrets and connections all that is shown. */
  readonly isSet: boolean;
  readonly choices: readonly Choice[];
  readonly rows: readonly ListRow[];
  readonly canAdd: boolean;
  /** Lengths of time: the unit of `value`. */
  readonly unit: string;
  /** What is wrong, as a key for the catalogue with its values. */
  readonly problem: FieldProblem | null;
  /** The same in the reader's language, where somebody else found the words. */
  readonly sentence: string | null;
  /** What it depends on, for people and (as JSON) for the script. */
  readonly when: { readonly json: string; readonly label: string; readonly values: string } | null;
  /** What is typed beside the button that connects it. */
  readonly typed: readonly Control[];
  /** What it is connected with: nothing, one account, or several where the field takes several. */
  readonly connections: readonly { readonly account: string; readonly expiresAt: string | null }[];
};

/** How a control is drawn. */
export type Look =
  | "text"
  | "textarea"
  | "checkbox"
  | "select"
  | "radios"
  | "many"
  | "typed"
  | "secret"
  | "range"
  | "color"
  | "duration"
  | "picture"
  | "list"
  | "connection"
  | "note";

/** Controls under one name; the first group has none. */
export type ControlGroup = { readonly label: string; readonly controls: readonly Control[]; readonly hasProblem: boolean };

/** A whole form: its groups, and whether it carries files. */
export type GeneratedForm = {
  readonly groups: readonly ControlGroup[];
  readonly hasFiles: boolean;
  readonly timeZone: string;
  readonly isEmpty: boolean;
};
