import { existsSync, readFileSync } from "node:fs";
import test from "ava";

const own = new URL("crosspost-api.ts", import.meta.url);
const plugins = new URL("../../plugins/crosspost/api.ts", import.meta.url);
const [first, last] = ["/** How a service counts", "verify?(account: string): Promise<void>;\n}\n"];

const typesOf = (file: URL): string => {
  const text = readFileSync(file, "utf8");
  return text.slice(text.indexOf(first), text.indexOf(last) + last.length);
};

(existsSync(plugins) ? test : test.skip)("what services speak is said here as plugins/crosspost says it", (t) => {
  t.true(typesOf(own).length > 1_000);
  t.is(typesOf(own), typesOf(plugins));
});
