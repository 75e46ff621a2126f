import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestFn } from "ava";

type Teardown = { teardown(work: () => unknown): void };

/**
 * Runs a contract as AVA would and gives what each of its tests found wrong, by the test's name without the plugin's; only
 * those whose name has `only` in it.
 */
export async function verdicts(register: (test: TestFn) => void, only = ""): Promise<Record<string, string>> {
  const tests: { name: string; run: (t: unknown) => unknown }[] = [];
  register(((name: string, run: (t: unknown) => unknown) => tests.push({ name, run })) as never);
  const found: Record<string, string> = {};
  for (const { name, run } of tests.filter((one) => one.name.includes(only))) {
    const problem = await problemOf(run);
    if (problem) found[name.replace(/^[\w-]+: /, "")] = problem;
  }
  return found;
}

async function problemOf(run: (t: unknown) => unknown): Promise<string | null> {
  const works: (() => unknown)[] = [];
  let problem: string | null = null;
  const note = async (work: () => unknown) => {
    try {
      await work();
    } catch (error) {
      problem ??= (error as Error).message;
    }
  };
  await note(() => run({ ...assertions, teardown: (work: () => unknown) => works.unshift(work) }));
  for (const work of works) await note(work);
  return problem;
}

const assertions = {
  is: assert.equal,
  not: assert.notEqual,
  true: (value: unknown, message = "is not true") => assert.equal(value, true, message),
  false: (value: unknown, message = "is not false") => assert.equal(value, false, message),
  truthy: assert.ok,
  deepEqual: assert.deepEqual,
  notDeepEqual: assert.notDeepEqual,
  regex: assert.match,
  pass: () => undefined,
};

/** Writes a plugin's folder that goes away with the test. */
export function pluginFolder(t: Teardown, id: string, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "rookery-bad-"));
  t.teardown(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, id);
  for (const [name, text] of Object.entries({ "README.md": `# ${id}\n`, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** The source of a plugin with these parts. */
export function source(id: string, parts: string, before = ""): string {
  return `import { definePlugin, int, key, optional, ref, text } from "rookery/plugin";
${before}
export default definePlugin({ id: "${id}", name: "Odd", description: "Odd.", version: "1.0.0", api: 1, ${parts} });
`;
}
