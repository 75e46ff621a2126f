/** A field of a generated form: settings of plugins, themes and the installation are all made of these. */
export type Field = {
  readonly type:
    | "text"
    | "textarea"
    | "markdown"
    | "url"
    | "email"
    | "secret"
    | "number"
    | "range"
    | "boolean"
    | "select"
    | "radio"
    | "color"
    | "date"
    | "image"
    | "font"
    | "category"
    | "page"
    | "menu"
    | "blog"
    | "account"
    | "list"
    | "oauth"
    | "note";
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly default?: string | number | boolean;
  readonly options?: readonly (string | { readonly value: string; readonly label: string })[];
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** A regular expression the whole text must match; written by the plugin, never by a person filling in the form. */
  readonly pattern?: string;
  readonly group?: string;
  /** Shown only while the other fields have these values. */
  readonly when?: Readonly<Record<string, string | number | boolean | readonly (string | number | boolean)[]>>;
  /** Themes: the custom property that carries the value into the generated style sheet. */
  readonly cssVar?: string;
  readonly renamedFrom?: string;
};

export type Fields = Readonly<Record<string, Field>>;

type ValueOfField<F extends Field> = F["type"] extends "boolean"
  ? boolean
  : F["type"] extends "number" | "range"
    ? number
    : string;

/** The values of a field map: a required or defaulted field is never undefined. */
export type ValuesOf<S extends Fields> = {
  -readonly [K in keyof S]: S[K] extends { required: true } | { default: {} }
    ? ValueOfField<S[K]>
    : ValueOfField<S[K]> | undefined;
};
