import { readFileSync } from "node:fs";
import { sentenceOf, PublicError } from "../errors.ts";
import { noSuch, readTyped, UsageError, type Command, type Console } from "./command.ts";
import { readText } from "./stdin.ts";

type Load = () => Promise<{ command: Command }>;

// Each is loaded only when it is called, so that the server starts without reading the importers' code.
const commands: Record<string, Load> = {
  start: () => import("./commands/start.ts"),
  web: () => import("./commands/web.ts"),
  worker: () => import("./commands/worker.ts"),
  init: () => import("./commands/init.ts"),
  account: () => import("./commands/account.ts"),
  blog: () => import("./commands/blog.ts"),
  token: () => import("./commands/token.ts"),
  plugin: () => import("./commands/plugin.ts"),
  post: () => import("./commands/post.ts"),
  theme: () => import("./commands/theme.ts"),
  import: () => import("./commands/import.ts"),
  export: () => import("./commands/export.ts"),
  backup: () => import("./commands/backup.ts"),
  restore: () => import("./commands/restore.ts"),
  secret: () => import("./commands/secret.ts"),
  migrate: () => import("./commands/migrate.ts"),
  doctor: () => import("./commands/doctor.ts"),
  bench: () => import("./commands/bench.ts"),
};

/** The names of all commands, for the docs test. */
export const commandNames: readonly string[] = Object.keys(commands);

/** Runs one command line and ends the process: 0 done, 1 failed with a sentence on stderr, 2 wrong usage. */
export async function main(parameters: readonly string[], console: Console = processConsole()): Promise<void> {
  // Everything of ours is closed by now; a plugin's own timer must not keep a stopped process alive.
  process.exit(await runCommand(parameters, console));
}

/** Runs one command line and gives its exit code. */
export async function runCommand(parameters: readonly string[], console: Console): Promise<number> {
  const [name, ...rest] = parameters;
  let command: Command | undefined;
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      await printCommands(name === undefined ? console.err : console.out);
      return name === undefined ? 2 : 0;
    }
    if (name === "--version" || name === "-v") {
      console.out(version());
      return 0;
    }
    const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!load) throw unknownCommand(name);
    ({ command } = await load());
    if (rest.includes("--help") || rest.includes("-h")) {
      printHelp(command, console.out);
      return 0;
    }
    return (await command.run(readTyped(command, rest), console)) ?? 0;
  } catch (error) {
    return explain(error, { name, command }, console);
  }
}

function unknownCommand(name: string): UsageError {
  const { message } = noSuch("command", name, commandNames);
  return new UsageError(`${message} (rookery --help lists them)`);
}

function version(): string {
  const file = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(file) as { version: string }).version;
}

// What a key goes on with tells why: `account.password-short` is about the password too.
function fieldOf(command: Command | undefined, key: string): string | undefined {
  return command?.fields?.[key] ?? command?.fields?.[key.split("-")[0]!];
}

type Called = { readonly name: string | undefined; readonly command: Command | undefined };

function explain(error: unknown, { name, command }: Called, console: Console): number {
  if (error instanceof UsageError) {
    console.err(command ? `${error.message} (rookery ${name} --help)` : error.message);
    return 2;
  }
  const field = error instanceof PublicError ? fieldOf(command, error.key) : undefined;
  const sentence = sentenceOf(error).replace(/\s*\n\s*/g, " ");
  console.err(field === undefined ? sentence : `${field}: ${sentence}`);
  // A mistake of ours is worth its stack, but only to whoever asks for it.
  if (!(error instanceof PublicError) && error instanceof Error && console.env.LOG_LEVEL === "debug")
    console.err(error.stack ?? "");
  return 1;
}

async function printCommands(print: (line: string) => void): Promise<void> {
  print("rookery COMMAND");
  for (const [name, load] of Object.entries(commands)) print(`  ${name.padEnd(10)} ${(await load()).command.summary}`);
  print("rookery --version prints the version.");
  print("rookery COMMAND --help shows what a command takes.");
}

function printHelp(command: Command, print: (line: string) => void): void {
  print(command.summary);
  for (const line of command.usage) print(`  rookery ${line}`);
}

function processConsole(): Console {
  return {
    env: process.env,
    cwd: process.cwd(),
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    input: () => readText(process.stdin),
    isTty: Boolean(process.stdin.isTTY && process.stdout.isTTY),
  };
}
