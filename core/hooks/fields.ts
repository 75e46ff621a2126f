/** Every kind of field a generated form knows. */
export type FieldType =
  | "text"
  | "textarea"
  | "markdown"
  | "url"
  | "email"
  | "handle"
  | "secret"
  | "number"
  | "range"
  | "boolean"
  | "select"
  | "radio"
  | "color"
  | "date"
  | "dateTime"
  | "duration"
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

type Simple = string | number | boolean;

/** A field of a generated form: settings of plugins, themes and the installation are all made of these. */
export type Field = {
  readonly type: FieldType;
  readonly label: string;
  readonly help?: string;
  readonly required?: boolean;
  readonly default?: Simple | readonly string[];
  readonly options?: readonly (string | { readonly value: string; readonly label: string })[];
  /** Choices (`select`, `category`, `page`, `blog`, `account`) and connections (`oauth`): any number of them; the value is a list. */
  readonly multiple?: boolean;
  /** Numbers: the least and the most. Lists: how many. Lengths of time: seconds. Texts: `max` letters. */
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** A regular expression the whole text must match; written by the plugin, never by a person filling in the form. */
  readonly pattern?: string;
  /** Fields of one group stand together, folded away under its name. */
  readonly group?: string;
  /** Where it stands among the others, smaller first; those that do not say stand where they are written (0). */
  readonly order?: number;
  /** Shown only while the other fields have these values. */
  readonly when?: Readonly<Record<string, Simple | readonly Simple[]>>;
  /** The change counts only after Rookery was started again. */
  readonly restart?: boolean;
  /** For `textarea`: endings of files that the text may be taken from, such as `.vtt,.srt,.txt`; the browser reads them. */
  readonly fromFile?: string;
  /** A button beside the field that runs the plugin's test of that name (`tests` of its manifest). */
  readonly testAction?: { readonly name: string; readonly label: string };
  /** `list`: the fields of each entry. */
  readonly fields?: Readonly<Record<string, Field>>;
  /** Themes: the custom property that carries the value into the generated style sheet. */
  readonly cssVar?: string;
  readonly renamedFrom?: string;
};

export type Fields = Readonly<Record<string, Field>>;

/** A service somebody connected an `oauth` field with: the account there, until when, and what the plugin works with. */
export type Connection<T = unknown> = {
  readonly account: string;
  readonly expiresAt: string | null;
  readonly tokens: T;
};

type ValueOfField<F extends Field> = F["type"] extends "boolean"
  ? boolean
  : F["type"] extends "number" | "range"
    ? number
    : F["type"] extends "list"
      ? readonly Readonly<Record<string, Simple>>[]
      : F["type"] extends "oauth"
        ? F extends { multiple: true }
          ? readonly Connection[]
          : Connection
        : F extends { multiple: true }
          ? readonly string[]
          : string;

/** The values of a field map: a required or defaulted field is never undefined, nor is the list of several connections. */
export type ValuesOf<S extends Fields> = {
  -readonly [K in keyof S]: S[K]["type"] extends "oauth"
    ? ValueOfField<S[K]> | (S[K] extends { multiple: true } ? never : undefined)
    : S[K] extends { required: true } | { default: {} }
      ? ValueOfField<S[K]>
      : ValueOfField<S[K]> | undefined;
};
