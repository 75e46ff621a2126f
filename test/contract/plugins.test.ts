import test from "ava";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadPlugin } from "../../core/host/load-plugins.ts";
import { pluginContract } from "../../core/testing.ts";

// Every folder in plugins/ keeps the contract, without being asked; with none there is nothing to keep.
const root = fileURLToPath(new URL("../../plugins/", import.meta.url));
const ids = existsSync(root) ? readdirSync(root).filter((id) => existsSync(join(root, id, "plugin.ts"))) : [];

for (const id of ids)
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
