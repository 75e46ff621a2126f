import test from "ava";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPlugin } from "../../core/host/load-plugins.ts";
import { pluginContract } from "../../core/testing.ts";

// Every folder in plugins/ keeps the contract, without being asked; with none there is nothing to keep.
const root = fileURLToPath(new URL("../../plugins/", import.meta.url));
const ids = existsSync(root) ? readdirSync(root).filter((id) => existsSync(join(root, id, "plugin.ts"))) : [];

// One whose own tests run it, with what it needs of the network, is not asked twice.
const asksItself = (id: string) =>
  globSync("*.test.ts", { cwd: join(root, id) }).some((file) =>
    /^pluginContract\(test, /m.test(readFileSync(join(root, id, file), "utf8")),
  );

for (const id of ids.filter((one) => !asksItself(one)))
  pluginContract(test, join(root, id), { requires: (await requirementsOf(id)).map((one) => join(root, one)) });

test("the folder of plugins is looked at", (t) => {
  t.true(Array.isArray(ids));
});

/** What a plugin requires, those that require nothing first. */
async function requirementsOf(id: string, seen: readonly string[] = []): Promise<string[]> {
  const loaded = await loadPlugin(join(root, id), true);
  const direct = "plugin" in loaded ? Object.keys(loaded.plugin.requires?.plugins ?? {}) : [];
  const deeper = [];
  for (const one of direct.filter((name) => !seen.includes(name)))
    deeper.push(...(await requirementsOf(one, [...seen, id])), one);
  return [...new Set(deeper)];
}
