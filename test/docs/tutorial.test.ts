import test, { type ExecutionContext } from "ava";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { machine, setUp, type Machine } from "../../core/cli/machine.testing.ts";
import { createTestHost, type TestHost } from "../../core/testing.ts";
import { blocksOf } from "./markdown.ts";
import { commandLinesOf, wordsOf } from "./shell.ts";

// What docs/plugin-api/tutorial.md says is done here as it says it: its commands, its files, its sentences.
const root = fileURLToPath(new URL("../..", import.meta.url));
const blocks = blocksOf(readFileSync(join(root, "docs/plugin-api/tutorial.md"), "utf8"));

function write(into: string, file: string, text: string): void {
  mkdirSync(dirname(join(into, file)), { recursive: true });
  writeFileSync(join(into, file), text);
}

/** Does what a block of the page says, in the folder of the machine; gives what its commands said. */
async function follow(t: ExecutionContext, rookery: Machine, block: (typeof blocks)[number]): Promise<string> {
  if (block.file !== "") write(rookery.folder, block.file, block.text);
  if (block.language !== "sh") return "";
  const said: string[] = [];
  for (const line of block.text.split("\n").filter((one) => one.trim() !== "")) {
    const [name, ...words] = wordsOf(line);
    if (name === "rm") rmSync(join(rookery.folder, words[0]!));
    else {
      const [command] = commandLinesOf(line);
      t.truthy(command, `a line that the test cannot type: ${line}`);
      const { code, out, err } = await rookery(wordsOf(command!));
      t.is(code, 0, `${line}\n${[...out, ...err].join("\n")}`);
      said.push(line, ...out);
    }
  }
  return said.join("\n");
}

test("the walk-through, command by command: begun, written, checked, switched on, set and switched off", async (t) => {
  const rookery = machine(t);
  await setUp(rookery);
  const state = async () =>
    (await rookery(["plugin", "list"])).out.find((line) => line.startsWith("reading-time"))?.split("\t")[2];

  let said = "";
  for (const block of blocks) {
    const answer = await follow(t, rookery, block);
    said += answer;
    if (answer.includes("plugin new")) t.true(existsSync(join(rookery.folder, "data/plugins/reading-time/plugin.test.ts")));
    if (answer.includes("plugin enable")) t.is(await state(), "enabled");
    if (answer.includes("plugin disable")) t.is(await state(), "disabled");
    if (!answer.includes("plugin set")) continue;
    const wrong = await rookery(["plugin", "set", "reading-time", "wordsPerMinute", "5"]);
    t.is(wrong.code, 1);
    t.true(wrong.err.join(" ").includes("Words per minute must be 50 or more."));
  }

  for (const step of ["new", "check", "enable", "set", "disable"])
    t.true(said.includes(`plugin ${step}`), `the page says plugin ${step}`);
  t.regex(said, /✔ types/);
  for (const name of ["reading-time: its addresses refuse garbage", "the sum follows posts that come, change and go"])
    t.regex(said, new RegExp(`✔ .*${name}`));
});

async function hostWithPlugin(t: Parameters<typeof createTestHost>[0], language = "en"): Promise<TestHost> {
  const host = await createTestHost(t, { blogs: [{ host: "kim.example", language }] });
  for (const { file, text } of blocks)
    if (file !== "" && !file.endsWith(".test.ts")) write(host.folder, file.replace(/^data\//, ""), text);
  return host;
}

test("the walk-through's folder, dropped in, is listed; its note stands under each post, follows settings, and goes without a trace", async (t) => {
  const host = await hostWithPlugin(t);
  const post = await host.publish({ title: "A walk", text: "word ".repeat(500) });
  const before = [(await host.get(post.path)).text, (await host.get("/")).text];
  t.is((await host.house.host.list()).find(({ id }) => id === "reading-time")?.state, "available");

  await host.house.host.enable("reading-time");
  t.regex((await host.get(post.path)).text, /<p class="reading-time">3 min to read<\/p>/);
  t.regex((await host.get("/")).text, /<p class="reading-time">3 min to read<\/p>/);
  await host.set("reading-time", { label: "About {minutes} minutes & a <bit>" });
  t.true((await host.get(post.path)).text.includes("About 3 minutes &amp; a &lt;bit&gt;"));
  t.is((await host.get("/reading-time.json")).status, 200);

  await host.house.host.disable("reading-time");
  t.deepEqual([(await host.get(post.path)).text, (await host.get("/")).text], before);
  t.is((await host.get("/reading-time.json")).status, 404);
  t.deepEqual(host.failures(), []);
});

test("the walk-through's note speaks the blog's language", async (t) => {
  const host = await hostWithPlugin(t, "de");
  await host.house.host.enable("reading-time");

  const post = await host.publish({ text: "Wir gingen am Fluss entlang." });

  t.true((await host.get(post.path)).text.includes("1 Min. Lesezeit"));
});
