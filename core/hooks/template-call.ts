/** What an argument of a template's filter or function is; with `?` it may be left out. */
export type TemplateArgument = `${"text" | "number" | "boolean" | "list"}${"" | "?"}`;

/** What a filter or function of a plugin may give back; a text is escaped like any other. */
export type TemplateValue = string | number | boolean | null | readonly (string | number)[];

/**
 * A filter or function for templates, called `<plugin id>_<name>` there (with `_` for each hyphen of the id). Pure and
 * synchronous: the same arguments always give the same, and nothing else is read.
 */
export type TemplateCall = {
  /** One sentence for authors of themes. */
  readonly about: string;
  /** The arguments by name, in order; a filter's first is what stands before the bar. */
  readonly takes: Readonly<Record<string, TemplateArgument>>;
  run(...values: never[]): TemplateValue;
};

/** What a plugin's filter or function is called in templates. */
export function templateCallName(pluginId: string, name: string): string {
  return `${pluginId.replaceAll("-", "_")}_${name}`;
}
