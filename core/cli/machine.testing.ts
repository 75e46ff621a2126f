import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Console } from "./command.ts";
import { runCommand } from "./main.ts";
import { readText } from "./stdin.ts";

/** What a command said, and its exit code. */
export type Answer = { readonly code: number; readonly out: readonly string[]; readonly err: readonly string[] };

/** A machine for tests: a folder of its own, and a way to type commands there. */
export type Machine = ((words: readonly string[], input?: string | Uint8Array) => Promise<Answer>) & {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
};

/** A machine with an empty folder, where commands can be typed; it goes away with the test. */
export function machine(t: { teardown(work: () => unknown): void }, env: Readonly<Record<string, string>> = {}): Machine {
  const folder = mkdtempSync(join(tmpdir(), "rookery-commands-"));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const type = async (words: readonly string[], input: string | Uint8Array = ""): Promise<Answer> => {
    const [out, err]: [string[], string[]] = [[], []];
    const console: Console = {
      env,
      cwd: folder,
      out: (line) => out.push(line),
      err: (line) => err.push(line),
      input: () => readText([Buffer.from(input as string)]),
      isTty: false,
    };
    return { code: await runCommand(words, console), out, err };
  };
  return Object.assign(type, { folder, env });
}

/** Sets a machine up: the admin kim with the blog kim.localhost, and that set of plugins. */
export async function setUp(rookery: Machine, set = "none"): Promise<void> {
  const words = ["init", "--title", "Kim writes", "--username", "kim", "--password-stdin", "--set", set];
  const { code, err } = await rookery(words, "correct horse battery\n");
  if (code !== 0) throw new Error(err.join("\n"));
}
