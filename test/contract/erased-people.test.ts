import test from "ava";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inOrder, loadPlugin } from "../../core/host/load-plugins.ts";
import { ulid } from "../../core/ids.ts";
import { readZip } from "../../core/net/zip-read.testing.ts";
import { askForExport, exportsOf } from "../../core/residents/export/exports.ts";
import { deleteAccount } from "../../core/residents/standing/account-standing.ts";
import { eraseAccount } from "../../core/residents/standing/erase-account.ts";
import type { Column, TableShape } from "../../core/storage/columns.ts";
import { insert } from "../../core/storage/rows.ts";
import { createTestHost, type TestHost } from "../../core/testing.ts";

// Columns that say whose a row is, or about whom. Who decided something (`by_id` and the like) is nobody's once they are gone.
const personal = ["account_id", "author_id", "about_id"];
const root = fileURLToPath(new URL("../../plugins/", import.meta.url));
const folders = existsSync(root) ? readdirSync(root).filter((id) => existsSync(join(root, id, "plugin.ts"))) : [];

test("of somebody whose account is erased no plugin keeps a row; before, what each keeps is in their archive", async (t) => {
  const { host, tables } = await townWithEverything(t);
  const { storage, host: plugins, media } = host.house;
  const lee = await host.person("lee");
  const scope = host.house.scopeOf(lee, null, "test");
  for (const { table } of tables) await storage.write((db) => insert(db, table.name, [rowOf(table, lee.id, host.blog.id)]));

  const keeping = new Set(tables.map(({ pluginId }) => pluginId));
  const telling = [...plugins.current.plugins.values()].filter(({ plugin }) => plugin.services?.["account.export"]);
  const silent = [...keeping.difference(new Set(telling.map(({ plugin }) => plugin.id)))];
  // Its codes and tokens of apps are secrets; which apps there are the core's archive says.
  t.deepEqual(silent, ["indieauth"], "plugins that keep something of people and give nothing for their archive");
  await storage.write((db) => askForExport(scope, db, { accountId: lee.id, blogId: null }));
  await host.runJobs();
  const [archive] = await exportsOf(storage, lee.id, host.clock.now());
  const files = readZip(join(host.house.settings.dataFolder, "exports", archive!.file));
  const readme = String(files.get("README.txt"));
  t.notRegex(readme, /NOT COMPLETE/);
  // Of a source without its feed, which is nobody's own, there is nothing to say.
  for (const id of keeping.difference(new Set(["indieauth", "sources"])))
    t.regex(readme, new RegExp(`\nplugins/${id}/\n {4}\\w`));
  for (const [name, bytes] of files)
    if (name.startsWith("plugins/") && name.endsWith(".json")) t.notThrows(() => JSON.parse(String(bytes)), name);

  await storage.write((db) => deleteAccount(scope, db, lee, "erase"));
  host.clock.advance({ days: 31 });
  await eraseAccount(scope, media, lee.id);
  // The event alone, without the daily looks.
  const told = await storage.query("SELECT plugin_id, data FROM jobs WHERE name = 'event:account.erased'");
  for (const { plugin_id: id, data } of told)
    await plugins.current.deliver(scope, String(id), "account.erased", JSON.parse(String(data)));

  t.deepEqual(await left(host, tables, lee.id), []);
  t.deepEqual(host.failures(), []);
});

async function townWithEverything(t: Parameters<typeof createTestHost>[0]) {
  const loaded = await Promise.all(folders.map((id) => loadPlugin(join(root, id), true)));
  const { ordered } = inOrder(loaded.filter((one) => "plugin" in one));
  const host = await createTestHost(t, { plugins: ordered, allowUnexpected: true });
  const tables = ordered.flatMap(({ plugin }) =>
    (plugin.tables ?? [])
      .filter(({ columns }) => personal.some((name) => name in columns))
      .map((table) => ({ pluginId: plugin.id, table })),
  );
  return { host, tables };
}

/** A row of somebody's, whatever the table is for. */
function rowOf({ columns }: TableShape, accountId: string, blogId: string) {
  const valueOf = (name: string, column: Column) => {
    if (personal.includes(name)) return accountId;
    if (name === "blog_id") return blogId;
    if (name === "status") return "kept";
    if (column.type === "ascii") return column.length === 24 ? "2026-05-20T12:00:00.000Z" : ulid().slice(-(column.length ?? 26));
    if (column.type === "line") return "Herons";
    return column.type === "text" ? "[]" : 1;
  };
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, valueOf(name, column)]));
}

async function left(host: TestHost, tables: readonly { table: TableShape }[], accountId: string): Promise<string[]> {
  const found: string[] = [];
  for (const { table } of tables)
    for (const column of personal.filter((name) => name in table.columns)) {
      const sql = `SELECT blog_id FROM ${table.name} WHERE ${column} = ?`;
      if ((await host.house.storage.query(sql, [accountId])).length > 0) found.push(`${table.name}.${column}`);
    }
  return found;
}
