import { contractFilters, contractFunctions, contractTests, type ContractCall } from "./functions.ts";
import { contractNames, pageKindsOf, type PageKind } from "./names.ts";
import { contractObjects } from "./objects.ts";

export { contractFilters, contractFunctions, contractNames, contractObjects, contractTests, pageKindsOf };
export type { ContractCall, PageKind };
export type { ContractName } from "./names.ts";
export type { ContractField, ContractObject } from "./objects.ts";

/** A field of a template's data by its path (`post.title`, `posts[].title`), for completion and reference. */
export type ContextField = { readonly path: string; readonly type: string; readonly about: string };

/** What a template may use, for its editor: the fields of its data two steps deep, functions, filters and tests. */
export type TemplateContract = {
  readonly fields: readonly ContextField[];
  readonly functions: Readonly<Record<string, ContractCall>>;
  readonly filters: Readonly<Record<string, ContractCall>>;
  readonly tests: readonly string[];
};

/** The names at the top of the data that a template may get on any of its pages. */
export function namesFor(template: string): readonly string[] {
  const kinds = pageKindsOf(template);
  return Object.entries(contractNames).flatMap(([name, { on }]) =>
    on === undefined || on.some((kind) => kinds.includes(kind)) ? [name] : [],
  );
}

/** What the template of a name may use. */
export function contractFor(template: string): TemplateContract {
  const fields = namesFor(template).flatMap((name) => {
    const { type, about } = contractNames[name]!;
    return [{ path: name, type, about }, ...fieldsUnder(name, type)];
  });
  return { fields, functions: contractFunctions, filters: contractFilters, tests: contractTests };
}

function fieldsUnder(path: string, type: string): ContextField[] {
  const isList = type.endsWith("[]");
  const object = contractObjects[type.replace(/(\[\]|\?)$/, "")];
  if (!object) return [];
  return Object.entries(object).map(([name, [type, about]]) => ({ path: `${path}${isList ? "[]" : ""}.${name}`, type, about }));
}
