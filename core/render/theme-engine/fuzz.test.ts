import test from "ava";
import { brand, brandObject, compile, createEnvironment, html, render, TemplateError, type Template } from "./engine.ts";
import { TemplateWriter } from "./fuzz.fixtures.ts";

// ROOKERY names are settings; these two let somebody search further by hand.
const first = Number(process.env.FUZZ_SEED ?? 1);
const count = Number(process.env.FUZZ_COUNT ?? 1000);
const mark = "<script>evil</script>";

/** Values that a page never has, but that must do no harm if it had. */
function hostile(): Record<string, unknown> {
  const circle: Record<string, unknown> = { name: mark };
  circle.self = circle;
  const long = "ab&<".repeat(5000);
  const thrower = (): never => {
    throw new Error(`secret of ${import.meta.filename}`);
  };
  return {
    a: mark,
    b: [mark, long, null, undefined, Number.NaN, [[]], circle],
    s: "12345678",
    name: long,
    number: Number.NEGATIVE_INFINITY,
    text: `"><img src=x onerror=1>${mark}`,
    list: Array.from({ length: 500 }, (_, at) => ({ a: at % 7, b: mark, length: -1 })),
    dict: JSON.parse('{"__proto__": {"polluted": 1}, "constructor": "x", "toString": "y", "a": 1}') as unknown,
    deep: Array.from({ length: 200 }).reduce<unknown>((inner) => ({ a: inner, b: [inner] }), "bottom"),
    markup: html("<i>fine</i>"),
    post: brandObject("Post", { title: mark, length: () => 1 }),
    posts: new Proxy([], { get: (target, key) => (key === "length" ? 0 : (Reflect.get(target, key) as unknown)) }),
    self: circle,
    process: { env: { SECRET: "s3cret" } },
    globalThis: thrower,
    getter: Object.defineProperty({}, "a", { enumerable: true, get: thrower }),
    toString: thrower,
    valueOf: () => Symbol("x"),
    length: Object.create(null) as unknown,
    help: brand((value: unknown) => (value === "1" ? thrower() : value), { name: "help" }),
  };
}

function run(source: string): { out: string; fuel: number } {
  const cache = new Map<string, Template>();
  const sources: Record<string, string> = {
    self: source,
    other: "{% macro m(p) %}{{ p }}{{ caller() if caller }}{% endmacro %}{% set b = 1 %}{% block x %}<u>{{ b }}{% endblock %}",
  };
  const load = (name: string) => {
    if (!cache.has(name) && Object.hasOwn(sources, name)) cache.set(name, compile(sources[name]!, name));
    return cache.get(name) ?? null;
  };
  let looks = 0;
  // The clock stands still: what ends a template here is fuel, and each look at the clock is 1,024 of it.
  const elapsed = () => (looks++, 0);
  const out = render(compile(source, "main"), hostile(), createEnvironment({ load, elapsed }));
  return { out, fuel: looks * 1024 };
}

const world = () =>
  [
    Object.getOwnPropertyNames(globalThis).toSorted().join(),
    Object.keys(process).toSorted().join(),
    ...[Object, Array, String, Function, Promise, Map].map((type) => Object.getOwnPropertyNames(type.prototype).join()),
  ].join("\n");

const parts = 8;
for (let part = 0; part < parts; part++)
  test(`templates written at random end with a page or a TemplateError, and nothing else happens (${part + 1} of ${parts})`, (t) => {
    const before = world();
    const seen = { pages: 0, errors: new Set<string>() };
    for (let seed = first + part; seed < first + count; seed += parts) {
      const source = new TemplateWriter(seed).template();
      try {
        const { out, fuel } = run(source);
        seen.pages++;
        if (out.includes(mark)) t.fail(`seed ${seed}: printed unescaped\n${source}`);
        if (out.includes("s3cret") && !source.includes("process")) t.fail(`seed ${seed}: a secret\n${source}`);
        if (fuel > 200_000 + 4096) t.fail(`seed ${seed}: ${fuel} steps\n${source}`);
      } catch (error) {
        if (!(error instanceof TemplateError)) return t.fail(`seed ${seed}: ${String((error as Error).stack)}\n${source}`);
        const told = `${error.message} ${error.stack ?? ""} ${JSON.stringify(error)}`;
        if (/node:|file:|\.ts\b|secret of/.test(told)) t.fail(`seed ${seed}: the host shows in “${told}”\n${source}`);
        seen.errors.add(error.code);
      }
    }
    t.is(world(), before);
    t.is(({} as Record<string, unknown>).polluted, undefined);
    // The writer must reach the renderer, and most ways to fail, or this proves nothing.
    t.true(seen.pages > count / parts / 6, `${seen.pages} pages`);
    t.true(seen.errors.size >= 7, [...seen.errors].join());
  });
