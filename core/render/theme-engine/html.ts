/** Markup that may be printed as it is; made by trusted code only, because a template can reach no constructor. */
export class Html {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return this.#text;
  }

  /** Whether a value was made by this class (a copied prototype does not pass). */
  static is(value: unknown): value is Html {
    return typeof value === "object" && value !== null && #text in value;
  }
}

/** Marks a string of markup as safe to print; for trusted code whose input is escaped or sanitised. */
export function html(markup: string): Html {
  return new Html(markup);
}

/** Whether a value is safe markup. */
export function isHtml(value: unknown): value is Html {
  return Html.is(value);
}

const special = /[&"'<>\\]/;
const everySpecial = /[&"'<>\\]/g;
// The backslash is in nunjucks' list too; leaving it out would make our pages differ from its pages.
const entities: Record<string, string> = {
  "&": "&amp;",
  '"': "&quot;",
  "'": "&#39;",
  "<": "&lt;",
  ">": "&gt;",
  "\\": "&#92;",
};

/** Text as it may stand in markup and in quoted attributes. */
export function escapeText(text: string): string {
  return special.test(text) ? text.replace(everySpecial, (character) => entities[character] ?? character) : text;
}

/** Escapes a string, leaves Html as it is; other values become their text first, nothing for null and undefined. */
export function escape(value: unknown): string {
  if (Html.is(value)) return value.toString();
  if (typeof value === "string") return escapeText(value);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}
