import test from "ava";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { readTyped, type Command } from "../../core/cli/command.ts";
import { commandNames } from "../../core/cli/main.ts";
import { coreHooks, type HookFacts } from "../../core/hooks/catalogue.ts";
import { slotNames } from "../../core/render/slots.ts";
import { anchorsOf, blocksOf, relativeLinks } from "./markdown.ts";
import { commandLinesOf, wordsOf } from "./shell.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pages = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", ...globSync("docs/**/*.md", { cwd: root })].sort();
const read = (page: string) => readFileSync(join(root, page), "utf8");

test("every relative link leads to a file, and to a heading where it names one", (t) => {
  for (const page of pages)
    for (const link of relativeLinks(read(page))) {
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? page : normalize(join(dirname(page), path));
      t.true(existsSync(join(root, target)), `${page} links to ${link}`);
      if (anchor !== undefined && target.endsWith(".md"))
        t.true(anchorsOf(read(target)).includes(anchor), `${page} links to ${link}, a heading that is not there`);
    }
});

test("every command line of the docs names a command, an action and options that exist", async (t) => {
  let seen = 0;
  for (const page of pages)
    for (const line of blocksOf(read(page))
      .filter(({ language }) => language === "sh")
      .flatMap(({ text }) => commandLinesOf(text))) {
      seen++;
      await checkLine(t, page, line);
    }
  t.true(seen > 20);
});

test("every npm script that the docs run is there", (t) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  for (const page of pages)
    for (const [, name] of read(page).matchAll(/npm run (?:--silent )?([a-z:]+)/g))
      t.true(Object.hasOwn(scripts, name!), `${page}: ${name}`);
});

test("the page of hooks gives each hook's kind, limit and capability as the catalogue does", (t) => {
  const page = read("docs/plugin-api/hooks.md");
  for (const [name, facts] of Object.entries(coreHooks)) {
    const part = page.split(`### \`${name}\`\n`)[1]?.split("\n### ")[0] ?? "";
    const line = part.split("\n").slice(0, 3).join(" ");
    t.true(line.startsWith(facts.kind), `${name} is a ${facts.kind}`);
    if (facts.needs) t.true(line.includes(`needs \`${facts.needs}\``), `${name} needs ${facts.needs}`);
    else t.false(line.includes("needs `"), `${name} needs nothing`);
    t.is(line.includes("2 s"), facts.limit === 2000, `${name}: its limit`);
    t.is(line.startsWith("event, durable"), (facts as HookFacts).isDurable === true, `${name}: whether it can be durable`);
  }
});

test("the references of plugins and of themes name every slot", (t) => {
  for (const page of ["docs/plugin-api/reference.md", "docs/theming/reference.md"])
    for (const name of slotNames) t.true(read(page).includes(`\`${name}\``), `${page} lacks ${name}`);
});

test("words of a command line are read as a shell reads them", (t) => {
  t.deepEqual(wordsOf(`post publish --title "Two words" --alt 'a "b"' x\\ y`), [
    "post",
    "publish",
    "--title",
    "Two words",
    "--alt",
    'a "b"',
    "x y",
  ]);
  t.deepEqual(commandLinesOf(`echo hi | npm run --silent rookery -- post publish --blog B < text\nls\nrookery doctor # why\n`), [
    "post publish --blog B",
    "doctor",
  ]);
});

async function checkLine(t: { true(is: boolean, why: string): void }, page: string, line: string): Promise<void> {
  const [name = "", ...rest] = wordsOf(line);
  if (name === "--help") return;
  t.true(commandNames.includes(name), `${page}: there is no command ${name}`);
  const { command } = (await import(`../../core/cli/commands/${name}.ts`)) as { command: Command };
  const problem = problemOf(command, name, rest);
  t.true(problem === null, `${page}: rookery ${line}: ${problem}`);
}

function problemOf(command: Command, name: string, rest: readonly string[]): string | null {
  const forms = command.usage.map((form) => form.split(" "));
  const actions = forms.flatMap(([, action]) => (action && /^[a-z|]+$/.test(action) ? action.split("|") : []));
  if (forms[0]![0] !== name) return "its help is that of another command";
  // A form whose first word is a placeholder (`import KIND FILE`) takes any word there.
  const isFree = forms.some(([, first]) => first !== undefined && /^[A-Z]+$/.test(first));
  if (actions.length > 0 && !isFree && !actions.includes(rest[0] ?? "")) return `there is no action ${rest[0]}`;
  const named = command.usage.filter((one) => one.split(" ")[1]?.split("|").includes(rest[0]!));
  const form = (actions.length === 0 || named.length === 0 ? command.usage : named).join(" ");
  for (const option of rest.filter((word) => word.startsWith("--")))
    if (!form.includes(option) && option !== "--help") return `its help does not name ${option}`;
  try {
    readTyped(command, rest);
  } catch (error) {
    return (error as Error).message;
  }
  return null;
}
