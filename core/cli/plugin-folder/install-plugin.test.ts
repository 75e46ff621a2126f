import test from "ava";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { machine, setUp } from "../machine.testing.ts";

test("a later version of a plugin takes the place of the one there, with its rows; an older one, and one of ours, does not", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  const install = async (version: string, { columns = "", more = "", id = "birds" } = {}, ...words: string[]) => {
    const folder = join(rookery.folder, version, id);
    mkdirSync(folder, { recursive: true });
    const tables = `tables: [{ name: "p_birds_seen", columns: { id: key(), blog_id: ref()${columns} } }]`;
    writeFileSync(
      join(folder, "plugin.ts"),
      `import { definePlugin, int, key, ref } from "rookery/plugin";
export default definePlugin({ id: "${id}", name: "Birds", description: "X.", version: "${version}", api: 1, ${id === "birds" ? tables : ""}${more} });`,
    );
    const { code, out, err } = await rookery(["plugin", "install", folder, ...words]);
    return code === 0 ? out.join(" ") : err.join(" ");
  };
  const rows = (sql: string) => {
    const database = new DatabaseSync(join(rookery.folder, "data/rookery.db"));
    const found = database.prepare(sql).all();
    database.close();
    return found.map((row) => Object.values(row));
  };

  t.is(await install("1.0.0"), "birds is installed: rookery plugin enable birds switches it on.");
  t.is((await rookery(["plugin", "enable", "birds", "--yes"])).code, 0);
  rows("INSERT INTO p_birds_seen (id, blog_id) VALUES ('1', 'b')");
  t.is(await install("1.1.0", { columns: ", times: int(3)" }), "birds 1.1.0 is installed, in place of 1.0.0.");
  t.deepEqual(rows("SELECT id, times FROM p_birds_seen"), [["1", 3]]);

  t.is(await install("1.1.0"), "“birds” 1.1.0 is installed already.");
  t.regex(await install("1.0.9"), /“birds” 1\.1\.0 is installed, and this is 1\.0\.9: rookery plugin remove birds/);
  t.regex(await install("9.0.0", { id: "feeds" }), /“feeds” is a plugin that Rookery brings/);
  t.regex(await install("1.3.0"), /1\.3\.0 is installed, but off: “birds” does not fit .*“times”/);
  const wish = { columns: ", times: int(3)", more: `, capabilities: ["posts:read"]` };
  t.regex(await install("1.3.1", wish), /“Birds” now wants to use, too: posts:read/);
  t.is(await install("1.3.1", wish, "--yes"), "birds 1.3.1 is installed, in place of 1.3.0.");
  t.deepEqual(rows("SELECT id, times FROM p_birds_seen"), [["1", 3]]);
  t.deepEqual(
    readdirSync(join(rookery.folder, "data")).filter((name) => name.startsWith(".plugin")),
    [],
  );
});
