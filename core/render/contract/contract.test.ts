import test from "ava";
import { contextOf } from "../context.ts";
import { functionsFor, pageFilters } from "../functions/functions.ts";
import { sampleParts } from "../sample/draw-sample.ts";
import { samplePages, type SamplePage } from "../sample/sample-pages.ts";
import { helperFacts } from "../theme-engine/brands.ts";
import { createEnvironment, isHtml } from "../theme-engine/engine.ts";
import { fieldNames } from "../theme-engine/values.ts";
import { bundledThemes, Themes } from "../themes/themes.ts";
import {
  contractFilters,
  contractFor,
  contractFunctions,
  contractNames,
  contractObjects,
  contractTests,
  namesFor,
} from "./contract.ts";

const chain = new Themes({ bundled: bundledThemes, installed: "" }).chain("perch");
const pages = samplePages(chain);

/** What is wrong with a value that the contract calls something; paths of wrong ones only. */
function differences(value: unknown, type: string, path: string): string[] {
  if (type === "dict of MenuItem[]")
    return Object.values(value as object).flatMap((menu) => differences(menu, "MenuItem[]", `${path}.*`));
  if (type.endsWith("?")) return value === null ? [] : differences(value, type.slice(0, -1), path);
  if (type.endsWith("[]")) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((one) => differences(one, type.slice(0, -2), `${path}[]`));
  }
  switch (type) {
    case "text":
    case "url":
      return typeof value === "string" ? [] : [`${path} is no text`];
    case "html":
      return isHtml(value) || value === "" ? [] : [`${path} is no markup`];
    case "number":
    case "boolean":
      return typeof value === type ? [] : [`${path} is no ${type}`];
    case "date":
      return value instanceof Date ? [] : [`${path} is no date`];
    case "dict":
      return typeof value === "object" && value !== null ? [] : [`${path} is no dict`];
    default:
      return ofObject(value as Record<string, unknown>, type, path);
  }
}

function ofObject(value: Record<string, unknown>, type: string, path: string): string[] {
  const object = contractObjects[type];
  if (!object) return [`${path}: there is no object ${type}`];
  const names = fieldNames(value);
  return [
    ...names.filter((name) => !Object.hasOwn(object, name)).map((name) => `${path}.${name} is not in the contract`),
    ...Object.keys(object)
      .filter((name) => !names.includes(name))
      .map((name) => `${path}.${name} is missing`),
    ...Object.entries(object).flatMap(([name, [field]]) =>
      names.includes(name) ? differences(value[name], field, `${path}.${name}`) : [],
    ),
  ];
}

const titleOf = ({ content }: SamplePage, at: number) => `${at} ${content.type} ${content.path}`;

for (const [at, page] of pages.entries())
  test(`the data of sample page ${titleOf(page, at)} is what the contract says`, (t) => {
    const context = contextOf(sampleParts(page, chain));
    const wrong = Object.entries(context).flatMap(([name, value]) => {
      const known = contractNames[name];
      return known ? differences(value, known.type, name) : [`${name} is not in the contract`];
    });
    t.deepEqual([...new Set(wrong)], []);
    const allowed = new Set(namesFor(page.content.templates[0]!));
    t.deepEqual(
      Object.keys(context).filter((name) => !allowed.has(name)),
      [],
    );
  });

test("the samples show every name of the contract but those of plugins, and every object but those", (t) => {
  const names = new Set(pages.flatMap((page) => Object.keys(contextOf(sampleParts(page, chain)))));
  t.deepEqual(
    Object.keys(contractNames).filter((name) => !names.has(name) && name !== "view"),
    [],
  );
});

test("functions, filters and tests are those of the contract, and arguments have the names it gives them", (t) => {
  const page = { parts: { scope: { blog: {} }, design: {}, chain: [] }, context: {}, slots: {}, latest: {}, markup: {} } as never;
  const functions = functionsFor(page);
  const environment = createEnvironment({ filters: pageFilters });
  t.deepEqual(Object.keys(contractFunctions).toSorted(), [...Object.keys(functions), "range"].toSorted());
  t.deepEqual(Object.keys(contractFilters).toSorted(), [...environment.filters.keys()].toSorted());
  t.deepEqual([...contractTests].toSorted(), [...environment.tests.keys()].toSorted());
  const namesOf = (written: string) => written.split(",").map((one) => one.split("=")[0]!.trim());
  const calls = [
    ...Object.entries(contractFunctions).map(([name, { parameters }]) => [name, parameters, functions[name]] as const),
    ...Object.entries(contractFilters).map(
      ([name, { parameters }]) => [name, parameters, environment.filters.get(name)] as const,
    ),
  ];
  for (const [name, parameters, call] of calls) {
    const real = helperFacts(call)?.parameters;
    if (real) t.deepEqual(namesOf(parameters), [...real], name);
  }
});

test("a template's editor knows what its pages have", (t) => {
  const paths = (template: string) => contractFor(template).fields.map(({ path }) => path);
  t.true(paths("home.njk").includes("posts[].title"));
  t.false(paths("home.njk").includes("post"));
  t.true(paths("post-photo.njk").includes("post.photos"));
  t.true(paths("partials/anything.njk").includes("period.label"));
  t.false(paths("error-404.njk").includes("posts"));
});
