import { createInterface } from "node:readline/promises";
import { PublicError } from "../errors.ts";
import type { Console, Typed } from "./command.ts";

/** Asks a person yes or no; a PublicError when it is no. `--yes` answers; a script without it is refused. */
export async function consent(typed: Typed, console: Console, question: string): Promise<void> {
  if (!console.isTty && !typed.is("yes")) throw new PublicError("cli.consent", `${question} Add --yes to consent.`);
  await confirm(typed, console, question);
}

/** Asks a person who sits there; scripts and `--yes` go on unasked. A PublicError when the answer is no. */
export async function confirm(typed: Typed, console: Console, question: string): Promise<void> {
  if (typed.is("yes") || !console.isTty) return;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question(`${question} [y/N] `);
  lines.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new PublicError("cli.consent", "Nothing was changed.");
}
