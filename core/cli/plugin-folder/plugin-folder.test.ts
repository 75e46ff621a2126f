import test from "ava";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machine, setUp } from "../machine.testing.ts";
import { bundledPlugins } from "../../host/load-plugins.ts";
import { pluginKinds } from "./new-plugin.ts";

test("a new plugin of each kind lies in the data folder, keeps the contract at once and can be switched on", async (t) => {
  t.timeout(180_000);
  const rookery = machine(t);
  await setUp(rookery);
  const made = async (words: readonly string[]) => {
    const { code, out, err } = await rookery(["plugin", ...words]);
    t.is(code, 0, [words.join(" "), ...out, ...err].join("\n"));
    return out;
  };

  const ids = pluginKinds.map((kind) => `birds-${kind}`);
  for (const [at, id] of ids.entries())
    t.deepEqual(await made(["new", id, "--kind", pluginKinds[at]!]), [join(rookery.folder, "data/plugins", id)]);
  const checked = await made(["check", ...ids]);

  for (const id of ids)
    t.true(
      checked.some((line) => line.includes(`${id}: erased, it leaves no table`)),
      id,
    );
  t.true(checked.includes("  ✔ types"));
  for (const id of ids) await made(["enable", id, "--yes"]);
  t.is((await rookery(["plugin", "new", ids[0]!])).code, 1);
});

test("a plugin that breaks the contract fails its check, and one that does not load says why", async (t) => {
  const rookery = machine(t);
  const folder = join(rookery.folder, "leaky");
  mkdirSync(folder);
  const write = (source: string) => writeFileSync(join(folder, "plugin.ts"), source);

  write(`import { definePlugin } from "rookery/plugin";
export default definePlugin({ id: "leaky", name: "Leaky", description: "Throws.", version: "1.0.0", api: 1,
  capabilities: ["posts:read"], hooks: { "post.published": () => { throw new Error("I leak"); } } });`);
  const failing = await rookery(["plugin", "check", "./leaky"]);
  t.is(failing.code, 1);
  t.regex(failing.out.join("\n"), /I leak/);
  t.regex(failing.err.at(-1)!, /leaky 1\.0\.0 does not keep/);

  write(`import { definePlugin } from "rookery/plugin";
export default definePlugin({ id: "leaky", name: "Leaky", description: "Typed badly.", version: "1.0.0", api: 1,
  capabilities: ["posts:read"], hooks: { "post.published": ({ post }) => void post.name } });`);
  const untyped = await rookery(["plugin", "check", "./leaky"]);
  t.is(untyped.code, 1);
  t.regex(untyped.out.join("\n"), /✘ types\n.*plugin\.ts\(3,.*'name' does not exist/);

  write("export default {");
  const broken = await rookery(["plugin", "check", "leaky"]);
  t.is(broken.code, 1);
  t.regex(broken.err[0]!, /does not load/);
  t.is((await rookery(["plugin", "check", "no-such"])).code, 1);
});

test("a new plugin goes where it is told, also with the word plugin; ids and kinds that cannot be are refused", async (t) => {
  const rookery = machine(t);

  t.is((await rookery(["plugin", "new", "plugin", "birds", "--into", "mine"])).code, 0);
  t.true(existsSync(join(rookery.folder, "mine/birds/plugin.test.ts")));
  t.is((await rookery(["plugin", "new", "../birds"])).code, 1);
  t.is((await rookery(["plugin", "new", "plugin"])).code, 2);
  const [brought] = readdirSync(bundledPlugins);
  const twice = await rookery(["plugin", "new", brought!, "--into", "mine"]);
  t.is(twice.code, 1);
  t.regex(twice.err.join("\n"), /is a plugin that Rookery brings/);
  const frob = await rookery(["plugin", "new", "herons", "--kind", "frob"]);
  t.is(frob.code, 2);
  t.regex(frob.err.join("\n"), /--kind is one of: plain, importer, post-type/);
});
