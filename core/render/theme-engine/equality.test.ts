import test from "ava";
import nunjucks from "nunjucks";

import { compile, createEnvironment, html, render } from "./engine.ts";
import { equalPages, pages } from "./equality.fixtures.ts";
import type { Sources } from "./equality.fixtures.ts";

const { SafeString } = nunjucks.runtime as unknown as { SafeString: new (text: string) => string };

function data(safe: (text: string) => unknown): Record<string, unknown> {
  return {
    name: "Kim & <Lee>",
    zero: 0,
    four: 4,
    seven: 7,
    text: "Hello  big wide\n'world' \\ \"ok\"",
    empty: "",
    no: false,
    yes: true,
    nothing: null,
    numbers: [3, 1, 2],
    words: ["pear", "Apple", "fig", "apple"],
    pairs: [
      ["a", 1],
      ["b", 2],
    ],
    fields: { one: 1, two: "<2>", three: null },
    people: [
      { name: "kim", age: 30, city: { name: "Ulm" }, tags: ["x", "y"] },
      { name: "lee", age: 25, city: { name: "Bern" }, tags: [] },
      { name: "ana", age: 30, city: { name: "Ulm" }, tags: ["z"] },
    ],
    markup: safe("<b>bold</b> &amp; more"),
  };
}

function stock(sources: Sources): string {
  const loader = {
    getSource: (name: string) => (name in sources ? { src: sources[name] ?? "", path: name, noCache: true } : null),
  };
  const environment = new nunjucks.Environment(loader as unknown as nunjucks.ILoader, { autoescape: true });
  // The types of nunjucks lack addTest.
  const { addTest } = environment as unknown as { addTest(name: string, test: (value: unknown) => boolean): void };
  addTest.call(environment, "none", (value) => value === null);
  return environment.render(
    "main",
    data((text) => new SafeString(text)),
  );
}

function ours(sources: Sources): string {
  const load = (name: string) => (name in sources ? compile(sources[name] ?? "", name) : null);
  return render(compile(sources["main"] ?? "", "main"), data(html), createEnvironment({ load }));
}

for (const source of equalPages)
  test(`prints what nunjucks prints: ${source.replaceAll("\n", "⏎")}`, (t) => {
    t.is(ours({ main: source }), stock({ main: source }));
  });

for (const [title, sources] of pages)
  test(`prints what nunjucks prints across templates: ${title}`, (t) => {
    t.is(ours(sources), stock(sources));
  });
