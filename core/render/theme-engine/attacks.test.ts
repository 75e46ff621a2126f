import test from "ava";

import { attacks, compileAttacks, neighbours } from "./attacks.fixtures.ts";
import { brand, brandObject, compile, createEnvironment, hasBrand, html, render, TemplateError } from "./engine.ts";
import type { Template } from "./engine.ts";

const data = {
  name: "kim",
  list: [1, 2, 3],
  plain: { a: 1, list: ["x"] },
  raw: () => "called",
  when: new Date(0),
  markup: html("<b>x</b>"),
  getter: Object.defineProperty({}, "boom", { enumerable: true, get: () => (polluted.add("getter"), 1) }),
  post: brandObject("Post", { title: "T" }),
};

const polluted = new Set<string>();

function run(source: string): string {
  const sources: Record<string, string> = { ...neighbours, main: source };
  const cache = new Map<string, Template>();
  const load = (name: string) => {
    const known = cache.get(name);
    if (known !== undefined || !Object.hasOwn(sources, name)) return known ?? null;
    const made = compile(sources[name] ?? "", name);
    cache.set(name, made);
    return made;
  };
  const title = brand((post: { title: string }) => (hasBrand("Post", post) ? post.title : raise()), {
    name: "title",
    parameters: ["post"],
  });
  const boom = brand(() => raise(), { name: "boom" });
  return render(compile(source, "main"), data, createEnvironment({ load, globals: { title, boom } }));
}

function raise(): never {
  throw new Error(`secret of ${import.meta.filename}`);
}

const world = Object.getOwnPropertyNames(globalThis).sort().join();
const processNames = Object.keys(process).sort().join();
const prototypeNames = [Object, Array, String, Function].map((type) => Object.getOwnPropertyNames(type.prototype).join()).join();

for (const [title, source] of [...compileAttacks, ...attacks])
  test(`stops with a TemplateError: ${title}`, (t) => {
    const error = t.throws(() => run(source), { instanceOf: TemplateError });

    t.regex(error.template, /^[a-z]+$/);
    t.false(`${error.message} ${error.stack ?? ""} ${JSON.stringify(error)}`.includes(import.meta.dirname));
    t.is(({} as Record<string, unknown>)["polluted"], undefined);
    t.is(Object.getOwnPropertyNames(globalThis).sort().join(), world);
    t.is(Object.keys(process).sort().join(), processNames);
    t.is(
      [Object, Array, String, Function].map((type) => Object.getOwnPropertyNames(type.prototype).join()).join(),
      prototypeNames,
    );
    t.is(polluted.size, 0);
  });

for (const [title, source] of compileAttacks)
  test(`is refused before rendering: ${title}`, (t) => {
    t.throws(() => compile(source, "main"), { instanceOf: TemplateError });
  });

const harmless: [string, string, string][] = [
  [
    "names of methods read as nothing",
    "{{ name.toUpperCase }}{{ list.map }}{{ list.push }}{{ plain.hasOwnProperty }}{{ plain.toString }}",
    "",
  ],
  ["a text gives only its length", "{{ name[0] }}{{ name['length'] }}{{ name.at }}", "3"],
  ["accessors are not run", "{{ getter.boom }}", ""],
  ["functions without a brand read and print as nothing", "{{ plain.missing }}[{{ raw }}]", "[]"],
  ["a text passed through safe is still escaped", "{{ ('<i>' ~ name) | safe }}{{ '<i>' | safe }}", "&lt;i&gt;kim<i>"],
  ["branded objects pass where they are asked for", "{{ title(post) }}{{ title(post=post) }}", "TT"],
  ["methods of markup and dates are out of reach", "{{ markup.toString }}{{ markup.length }}{{ when.getTime }}", "8"],
  ["json cannot close a script element", "{{ '</script>' | json }}", '"\\u003c/script\\u003e"'],
  ["what replace makes of markup is text again", "{{ markup | replace('b', 'img') }}", "&lt;img&gt;x&lt;/img&gt;"],
];

for (const [title, source, expected] of harmless)
  test(title, (t) => {
    t.is(run(source), expected);
    t.is(polluted.size, 0);
  });
