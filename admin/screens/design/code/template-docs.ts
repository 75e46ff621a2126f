import { contractFor, type ContractCall } from "../../../../core/render/contract/contract.ts";

/** A name that a template may say, with its type or parameters, and a phrase about it. */
export type Documented = readonly [name: string, type: string, about: string];

/** What a template may say. */
export type TemplateDocs = {
  /** Names at the top of the page's data, each with the fields under it. */
  readonly fields: readonly { readonly top: Documented; readonly under: readonly Documented[] }[];
  readonly functions: readonly Documented[];
  readonly filters: readonly Documented[];
  readonly tests: readonly Documented[];
};

/** What may be said in a template of this name: the contract, as the reference of themes has it. */
export function docsOf(template: string): TemplateDocs {
  const { fields, functions, filters, tests } = contractFor(template);
  return {
    fields: [...Map.groupBy(fields, ({ path }) => /^\w+/.exec(path)![0]).values()].map((group) => {
      const [top, ...under] = group.map(({ path, type, about }) => [path, type, about] as const);
      return { top: top!, under };
    }),
    functions: calls(functions, (name, parameters) => `${name}(${parameters})`),
    filters: calls(filters, (name, parameters) => (parameters === "" ? name : `${name}(${parameters})`)),
    tests: tests.map((name) => [name, "", ""] as const),
  };
}

/** The same as the code editor offers it: names, and what they are. */
export function editorNames(template: string): string {
  const { fields, functions, filters, tests } = contractFor(template);
  // What stands in lists is reached by the name a loop gives it.
  const paths = fields.filter(({ path }) => !path.includes("[")).map(({ path, type }) => [path, type] as const);
  const named = (list: Readonly<Record<string, ContractCall>>, ending: string) =>
    Object.entries(list).map(([name, { parameters }]) => [name + ending, parameters] as const);
  return JSON.stringify({
    names: [...paths, ...named(functions, "()")],
    filters: named(filters, ""),
    tests: tests.map((name) => [name, ""] as const),
  });
}

function calls(
  list: Readonly<Record<string, ContractCall>>,
  written: (name: string, parameters: string) => string,
): Documented[] {
  return Object.entries(list).map(([name, { parameters, about }]) => [written(name, parameters), "", about] as const);
}
