import test from "ava";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { machine, setUp } from "../machine.testing.ts";

type Found = { level: string; subject: string; sentence: string };

test("doctor names plugins in trouble, what plugins say, zones nobody knows, domains that wait and the media store", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  const found = async () => (JSON.parse((await rookery(["doctor", "--json"])).out[0]!) as { findings: Found[] }).findings;
  t.is((await found()).find(({ subject }) => subject === "plugins")?.level, "ok");
  t.is((await found()).find(({ subject }) => subject === "media")?.level, "ok");

  const plugin = (id: string, source: string) => {
    mkdirSync(join(rookery.folder, "data/plugins", id), { recursive: true });
    writeFileSync(join(rookery.folder, "data/plugins", id, "plugin.ts"), source);
  };
  plugin("half", "export default {");
  for (const id of ["oracle", "short-lived"]) {
    const checks = `"health.checks": () => [{ id: "omen", label: "Omen", status: "critical", detail: "Beware." }]`;
    plugin(
      id,
      `import { definePlugin } from "rookery/plugin";
export default definePlugin({ id: "${id}", name: "X", description: "X.", version: "1.0.0", api: 1, hooks: { ${id === "oracle" ? checks : ""} } });`,
    );
    t.is((await rookery(["plugin", "enable", id, "--yes"])).code, 0);
  }
  rmSync(join(rookery.folder, "data/plugins/short-lived"), { recursive: true });
  await rookery(["blog", "domain", "add", "kim.example", "--blog", "kim.localhost"]);
  const database = new DatabaseSync(join(rookery.folder, "data/rookery.db"));
  database.exec("UPDATE blogs SET time_zone = 'Europe/Atlantis'");
  database.close();
  rmSync(join(rookery.folder, "data/media"), { recursive: true });
  writeFileSync(join(rookery.folder, "data/media"), "in the way");

  const { code, out, err } = await rookery(["doctor"]);

  t.is(code, 1);
  t.is(err.length, 1);
  const line = (pattern: RegExp) =>
    t.true(
      out.some((one) => pattern.test(one)),
      `${pattern}\n${out.join("\n")}`,
    );
  line(/^warn {2}plugins: half does not load/);
  line(/^warn {2}plugins: short-lived: Its folder is gone/);
  line(/^error Omen: Beware\.$/);
  line(/^error time zone: .*Europe\/Atlantis.*kim\.localhost/);
  line(/^warn {2}domains: kim\.example is not verified: .*domain verify kim\.example/);
  line(/^error media: /);
});

test("what a plugin's tables wait for is named by doctor and migrate --dry-run, and done by migrate, or said why not", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  const folder = join(rookery.folder, "data/plugins/birds");
  mkdirSync(folder, { recursive: true });
  const write = (version: string, more: string, migrations = "") =>
    writeFileSync(
      join(folder, "plugin.ts"),
      `import { definePlugin, int, key, ref } from "rookery/plugin";
const tables = [{ name: "p_birds_seen", columns: { id: key(), blog_id: ref()${more} } }];
export default definePlugin({ id: "birds", name: "X", description: "X.", version: "${version}", api: 1, tables${migrations} });`,
    );
  write("1.0.0", "");
  t.is((await rookery(["plugin", "enable", "birds", "--yes"])).code, 0);
  t.deepEqual((await rookery(["migrate"])).out, ["The database is up to date."]);

  write("1.1.0", ", times: int(0)", ", migrations: [{ number: 1 }]");
  const doctor = await rookery(["doctor"]);
  t.true(
    doctor.out.some((line) => line.startsWith("warn  plugins: birds 1.0.0 to 1.1.0: migration 1; tables: ")),
    doctor.out.join("\n"),
  );
  t.deepEqual((await rookery(["migrate", "--dry-run"])).out, [
    "would bring up to date birds 1.0.0 to 1.1.0: migration 1; tables",
  ]);
  t.deepEqual((await rookery(["migrate"])).out, ["brought up to date birds 1.0.0 to 1.1.0: migration 1; tables"]);
  t.deepEqual((await rookery(["migrate"])).out, ["The database is up to date."]);

  write("1.2.0", ", mood: int()", ", migrations: [{ number: 1 }]");
  const unfit = await rookery(["migrate"]);
  t.is(unfit.code, 1);
  t.regex(
    unfit.err.join("\n"),
    /“birds” does not fit the tables it has here: The column “times” of “p_birds_seen” is declared no more/,
  );
  const broken = `run: async (rows) => void (await rows.run("UPDATE p_birds_seen SET moon = 1"))`;
  write("1.2.0", ", times: int(0)", `, migrations: [{ number: 1 }, { number: 2, ${broken} }]`);
  t.is((await rookery(["migrate"])).code, 1);
  const line = (await rookery(["doctor"])).out.find((one) => one.includes("birds"));
  t.regex(line ?? "", /^warn {2}plugins: birds is failed \(.*migration 2: .*moon.*rookery plugin enable birds/);
});
