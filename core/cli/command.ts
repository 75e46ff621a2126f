import { parseArgs, type ParseArgsConfig } from "node:util";
import { PublicError } from "../errors.ts";
import { nearestName } from "../settings/nearest-name.ts";

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
  /** Which option or word a refusal is about, by the refusal's key: its sentence then begins with that. */
  readonly fields?: Readonly<Record<string, string>>;
  /** The most words it takes where `usage` does not tell. */
  readonly mostWords?: number;
  run(typed: Typed, console: Console): Promise<number | void>;
};

/** A wrong way to call a command: exit code 2. */
export class UsageError extends PublicError {
  constructor(sentence: string) {
    super("cli.usage", sentence);
  }
}

/** Reads what follows the command's name; a UsageError for an option that is not the command's, one given twice, a word too many. */
export function readTyped(command: Command, parameters: readonly string[]): Typed {
  try {
    const options = { ...command.options, help: { type: "boolean" as const, short: "h" } };
    const { values, positionals, tokens } = parseArgs({ args: [...parameters], options, allowPositionals: true, tokens: true });
    refuseExtra(command, positionals);
    // parseArgs cannot tell the kinds of tokens apart where options are not known to the type checker.
    const given = tokens as readonly { kind: string; name?: string; value?: unknown }[];
    const texts = given.flatMap(({ name, value }) => (name !== undefined && value !== undefined ? [name] : []));
    const twice = texts.find((name, at) => texts.indexOf(name) !== at);
    if (twice !== undefined) throw new UsageError(`--${twice} is given twice.`);
    const all = values as Record<string, unknown>;
    return {
      words: positionals,
      text: (name) => (typeof all[name] === "string" ? all[name] : undefined),
      is: (name) => all[name] === true,
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const [sentence = "Wrong options."] = (error as Error).message.split(/(?<=\.) |\n/);
    const typed = /^Unknown option '--([^']{1,40})'/.exec(sentence)?.[1];
    const near = typed === undefined ? null : nearestName(typed, [...Object.keys(command.options ?? {}), "help"]);
    throw new UsageError(near === null ? sentence : `There is no option --${typed}: did you mean --${near}?`);
  }
}

// Half of an unquoted title, or a second post to delete: silently left out, nobody would know.
function refuseExtra(command: Command, words: readonly string[]): void {
  const counts = command.usage.map((line) => wordsIn(line, words[0])).filter((count) => count !== null);
  if (counts.length === 0) return; // an action there is none of: the command says so
  const most = command.mostWords ?? Math.max(...counts);
  if (words.length > most)
    throw new UsageError(`“${words[most]!.slice(0, 40)}” is one word too many; text with spaces wants quotes.`);
}

// How many words a line such as `plugin set ID KEY VALUE [--blog ADDRESS]` allows; null when it is about another action.
function wordsIn(line: string, action: string | undefined): number | null {
  const taken = line.split(" ").slice(1);
  const end = taken.findIndex((word) => /^(\[?-|<|\|)/.test(word));
  const places = end < 0 ? taken : taken.slice(0, end);
  if (places.some((word) => word.includes("…"))) return Infinity;
  const isOther = action !== undefined && /^[a-z]/.test(places[0] ?? "") && !places[0]!.split("|").includes(action);
  return isOther ? null : places.length;
}

/** The refusal of a word there is none of, such as `rookery blog lst`; names the nearest there is. */
export function noSuch(what: string, word: string, known: readonly string[]): UsageError {
  // What was typed may hold anything; a terminal must not act on it.
  const shown = word.slice(0, 40).replace(/\p{Cc}/gu, "\uFFFD");
  const near = nearestName(word.slice(0, 40), known);
  return new UsageError(`There is no ${what} “${shown}”${near === null ? "." : `: did you mean ${near}?`}`);
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
