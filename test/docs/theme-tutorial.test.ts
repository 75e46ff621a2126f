import test, { type ExecutionContext } from "ava";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { changeBlog } from "../../core/blogs/blogs.ts";
import { machine, type Machine } from "../../core/cli/machine.testing.ts";
import { run } from "../../core/cli/process.testing.ts";
import { freePort } from "../../core/testing/free-port.ts";
import { needBlog, ownerScope } from "../../core/cli/with-house.ts";
import { House } from "../../core/house.ts";
import { saveDesign } from "../../core/render/designs/designs.ts";
import { readSettings } from "../../core/settings/settings.ts";
import { makeWeb } from "../../core/start.ts";
import { blocksOf, type Block } from "./markdown.ts";
import { commandLinesOf, wordsOf } from "./shell.ts";

// What docs/theming/tutorial.md says is done here in its order: its files are written, its commands typed, its output compared.
const page = readFileSync(fileURLToPath(new URL("../../docs/theming/tutorial.md", import.meta.url)), "utf8");
const sections = page.split(/^## /m).slice(1);
const silent = () => undefined;

/** Opens a machine's installation as a server beside its commands would. */
async function inHouse<T>(of: Machine, work: (house: House) => Promise<T>): Promise<T> {
  const log = { debug: silent, info: silent, warn: silent, error: silent };
  const house = await House.open(readSettings(of.env, { cwd: of.folder }), { log });
  try {
    return await work(house);
  } finally {
    await house.close();
  }
}

/** What readers of a blog get, over HTTP. */
function read(of: Machine, host: string, path: string): Promise<string> {
  return inHouse(of, async (house) => {
    const web = makeWeb(house, []);
    const port = await web.listen(0, "127.0.0.1");
    try {
      return await ask(port, host, path);
    } finally {
      await web.close();
    }
  });
}

function ask(port: number, host: string, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, path, headers: { host }, agent: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      answer.on("end", () => resolve(text));
    }).on("error", reject);
  });
}

/** The page and all its style sheets as one text: what a browser would draw. */
async function look(of: Machine, host: string): Promise<string> {
  const html = await read(of, host, "/");
  const sheets = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map((match) => match[1]!);
  const texts: string[] = [];
  for (const sheet of sheets) texts.push(await read(of, host, sheet));
  return [html, ...texts].join("\n");
}

/** Writes the files of a section and types its commands, in their order; what they print is what the page says they print. */
async function follow(t: ExecutionContext, of: Machine, title: string): Promise<void> {
  const section = sections.find((one) => one.startsWith(title));
  if (section === undefined) return t.fail(`The tutorial has no section “${title}”`);
  let printed: string[] = [];
  for (const block of blocksOf(`## ${section}`)) {
    if (block.language === "text") t.is(printed.join("\n"), block.text.trimEnd(), title);
    else if (block.language === "sh") printed = await typed(t, of, block);
    else if (block.file !== "") writeBlock(of, block);
    else t.fail(`A block of “${title}” is neither a file nor a command`);
  }
}

async function typed(t: ExecutionContext, of: Machine, { text }: Block): Promise<string[]> {
  const printed: string[] = [];
  for (const line of commandLinesOf(text)) {
    // It runs until somebody stops it; the test has it as a process of its own.
    if (line.startsWith("theme dev")) continue;
    const { code, out, err } = await of(wordsOf(line));
    t.is(code, 0, `${line}: ${err.join("\n")}`);
    printed.push(...err, ...out);
  }
  return printed;
}

function writeBlock(of: Machine, { file, text }: Block): void {
  const path = join(of.folder, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

async function installation(t: ExecutionContext, username: string): Promise<Machine> {
  const made = machine(t);
  const words = ["init", "--title", `${username} writes`, "--username", username, "--password-stdin", "--set", "none"];
  t.is((await made(words, "correct horse battery\n")).code, 0);
  t.is((await made(["post", "publish", "--blog", `${username}.localhost`], "Fog until ten.")).code, 0);
  return made;
}

test("the theme of the tutorial is made by its text alone, shows every step, and is worn on a second installation", async (t) => {
  const kim = await installation(t, "kim");
  const kims = () => look(kim, "kim.localhost:8080");

  await follow(t, kim, "1. ");
  await follow(t, kim, "2. ");
  t.regex(await kims(), /\/assets\/harbour\/[^"]+\/harbour\.css/);
  await follow(t, kim, "3. ");
  const before = await kims();
  await follow(t, kim, "4. ");
  t.false(before.includes("#0f1a24"));
  t.true((await kims()).includes("--bg: light-dark(#f4f8fb, #0f1a24)"));

  await follow(t, kim, "5. ");
  t.regex(await kims(), /<p class="since">harbour\.since<\/p>/);
  await follow(t, kim, "6. ");
  t.regex(await kims(), /<p class="since">At anchor here since \d{4}<\/p>/);

  await follow(t, kim, "7. ");
  t.regex(await kims(), /border-radius: calc\(var\(--corners\) \* 1px\)/);
  t.regex(await kims(), /--corners:8\b/);
  await inHouse(kim, async (house) => {
    const scope = await ownerScope(house, await needBlog(house, "http://kim.localhost:8080"));
    await saveDesign(scope, house.themes, { values: { corners: 16 } });
  });
  t.regex(await kims(), /--corners:16\b/);

  await follow(t, kim, "8. ");
  const lee = await installation(t, "lee");
  await inHouse(lee, async (house) => {
    const { id } = await needBlog(house, "http://lee.localhost:8080");
    await house.storage.write((db) => changeBlog(db, id, { language: "de" }, house.clock.now()));
  });
  cpSync(join(kim.folder, "harbour-1.0.0.zip"), join(lee.folder, "harbour-1.0.0.zip"));
  await follow(t, lee, "9. ");

  const lees = await look(lee, "lee.localhost:8080");
  t.regex(lees, /<html lang="de"[^]*<p class="since">Hier vor Anker seit \d{4}<\/p>/);
  t.regex(lees, /--corners:8\b/);
  t.true(lees.includes("Fog until ten."));
  t.deepEqual(JSON.parse((await lee(["theme", "check", "data/themes/harbour", "--json"])).out[0]!), []);
});

test("while it is written, theme dev shows the tutorial's theme and says what the tutorial says it says", async (t) => {
  const kim = machine(t);
  for (const title of ["1. ", "3. ", "4. "]) await follow(t, kim, title);
  const port = await freePort();
  const line = commandLinesOf(page).find((one) => one.startsWith("theme dev"))!;
  const server = run(t, [...wordsOf(line), "--port", String(port)], { cwd: kim.folder, env: {} });
  await server.line(/^harbour is at/);
  await server.line(/^harbour: 0 findings\./);
  t.regex(await ask(port, `localhost:${port}`, "/"), /\/assets\/harbour\/[^"]+\/harbour\.css/);
  t.regex(await ask(port, `localhost:${port}`, "/_theme/pages"), /a very long title/);

  const sheet = join(kim.folder, "data/themes/harbour/assets/harbour.css");
  writeFileSync(sheet, readFileSync(sheet, "utf8").replace("--muted: light-dark(#4a5d6e", "--muted: light-dark(#9ab"));

  t.regex(await server.line(/T704/), /--muted .*on --bg .*has \d\.\d:1 in the light scheme/);
});
