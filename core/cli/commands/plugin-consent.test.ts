import test from "ava";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { machine, setUp, type Machine } from "../machine.testing.ts";

function write({ folder }: Machine, capabilities: readonly string[], hosts: readonly string[] = []): void {
  const place = join(folder, "data/plugins/birds");
  mkdirSync(place, { recursive: true });
  const more = `capabilities: ${JSON.stringify(capabilities)},${hosts.length > 0 ? ` hosts: ${JSON.stringify(hosts)},` : ""}`;
  writeFileSync(
    join(place, "plugin.ts"),
    `import { definePlugin } from "rookery/plugin";
export default definePlugin({ id: "birds", name: "Birds", description: "Birds.", version: "1.0.0", api: 1, ${more} });
`,
  );
}

test("whoever let a plugin in once is asked again only when it wants more, and when it was removed", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  write(rookery, ["network:fetch"], ["api.birds.example"]);
  const turn = async (...words: string[]) => {
    const { code, err } = await rookery(["plugin", ...words]);
    return code === 0 ? "done" : err.join(" ");
  };

  t.regex(
    await turn("enable", "birds"),
    /“Birds” may use: network:fetch, requests to api\.birds\.example\. Switch it on\? Add --yes/,
  );
  t.is(await turn("enable", "birds", "--yes"), "done");
  t.is(await turn("enable", "birds"), "done");
  t.is(await turn("disable", "birds"), "done");
  t.is(await turn("enable", "birds"), "done");
  t.is(await turn("enable", "birds", "--blog", "kim.localhost"), "done");

  t.is(await turn("disable", "birds"), "done");
  write(rookery, ["network:fetch", "posts:write"], ["api.birds.example"]);
  t.regex(await turn("enable", "birds"), /“Birds” now wants to use, too: posts:write\. Switch it on\? Add --yes/);
  t.is(await turn("enable", "birds", "--yes"), "done");
  t.is(await turn("disable", "birds"), "done");
  write(rookery, ["posts:write"]);
  t.is(await turn("enable", "birds"), "done");

  t.is(await turn("remove", "birds", "--yes"), "done");
  write(rookery, ["posts:write"]);
  t.regex(await turn("enable", "birds"), /“Birds” may use: posts:write/);
});

test("what a plugin stands on goes on with it, and is asked for first", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  write(rookery, ["posts:read"]);
  const nest = join(rookery.folder, "data/plugins/nests");
  mkdirSync(nest, { recursive: true });
  writeFileSync(
    join(nest, "plugin.ts"),
    `import { definePlugin } from "rookery/plugin";
export default definePlugin({ id: "nests", name: "Nests", description: "Nests.", version: "1.0.0", api: 1, requires: { plugins: { birds: "^1.0" } } });
`,
  );

  t.regex((await rookery(["plugin", "enable", "nests"])).err.join(" "), /“Birds” may use: posts:read/);
  const { code, out } = await rookery(["plugin", "enable", "nests", "--yes"]);

  t.deepEqual([code, out], [0, ["birds is on.", "nests is on."]]);
});
