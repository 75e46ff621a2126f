import { parseArgs, type ParseArgsConfig } from "node:util";
import { PublicError } from "../errors.ts";

/** Where a command reads and writes; tests give their own. */
export type Console = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** One line of the answer, on stdout. */
  out(line: string): void;
  /** One line beside the answer, on stderr. */
  err(line: string): void;
  /** All of stdin. */
  input(): Promise<string>;
  /** True when a person sits at both ends. */
  readonly isTty: boolean;
};

/** What was typed after the command's name. */
export type Typed = {
  readonly words: readonly string[];
  /** The value of `--name VALUE`. */
  text(name: string): string | undefined;
  /** Whether `--name` was given. */
  is(name: string): boolean;
};

/** One command: its help and what it does. Gives the exit code when it is not 0. */
export type Command = {
  /** One line for the list of commands. */
  readonly summary: string;
  /** The lines of `--help`, after `rookery`; the first is the most usual form. */
  readonly usage: readonly string[];
  readonly options?: NonNullable<ParseArgsConfig["options"]>;
  run(typed: Typed, console: Console): Promise<number | void>;
};

/** A wrong way to call a command: exit code 2. */
export class UsageError extends PublicError {
  constructor(sentence: string) {
    super("cli.usage", sentence);
  }
}

/** Reads what follows the command's name; a UsageError when an option is not the command's. */
export function readTyped(command: Command, parameters: readonly string[]): Typed {
  try {
    const options = { ...command.options, help: { type: "boolean" as const, short: "h" } };
    const { values, positionals } = parseArgs({ args: [...parameters], options, allowPositionals: true });
    const all = values as Record<string, unknown>;
    return {
      words: positionals,
      text: (name) => (typeof all[name] === "string" ? all[name] : undefined),
      is: (name) => all[name] === true,
    };
  } catch (error) {
    const [sentence = "Wrong options."] = (error as Error).message.split(/(?<=\.) /);
    throw new UsageError(sentence);
  }
}

/** The value of an option that cannot be left out. */
export function need(typed: Typed, name: string): string {
  const value = typed.text(name);
  if (value === undefined || value === "") throw new UsageError(`--${name} is missing.`);
  return value;
}

/** The word at that place after the command's name; `what` names it in the sentence. */
export function needWord(typed: Typed, at: number, what: string): string {
  const word = typed.words[at];
  if (word === undefined || word === "") throw new UsageError(`${what} is missing.`);
  return word;
}
