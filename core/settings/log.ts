import { mask } from "./mask.ts";
import type { Settings } from "./settings.ts";

type Level = Settings["logLevel"];
/** One function a level; the shape of `Log` in core/hooks/scope.ts, which stands a floor above. */
export type LeveledLog = Readonly<Record<Level, (message: string, facts?: Record<string, unknown>) => void>>;

const weight: Record<Level, number> = { debug: 0, info: 1, warn: 2, error: 3 };
const secretNames = /pass(word|phrase)?$|secret|token|authorization|cookie|credential|api_?key|private_?key/i;
const addressWithPassword = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:]*:[^\s@/]+@[^\s"']*/gi;

/** The installation's log: JSON lines or lines for a person, on stderr so that commands print only their answer on stdout. */
export function createLog(
  settings: Pick<Settings, "logLevel" | "logFormat">,
  to: { write(line: string): unknown; now(): Date } = { write: (line) => process.stderr.write(line), now: () => new Date() },
): LeveledLog {
  const say =
    (level: Level) =>
    (message: string, facts: Record<string, unknown> = {}) => {
      if (weight[level] < weight[settings.logLevel]) return;
      const clean = Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, cleanFact(name, value)]));
      const text = printable(message);
      const line =
        settings.logFormat === "json" ? jsonLine(to.now(), level, text, clean) : prettyLine(to.now(), level, text, clean);
      to.write(`${line}\n`);
    };
  return { debug: say("debug"), info: say("info"), warn: say("warn"), error: say("error") };
}

function jsonLine(now: Date, level: Level, message: string, facts: Record<string, unknown>): string {
  return JSON.stringify({ ...facts, at: now.toISOString(), level, message });
}

function prettyLine(now: Date, level: Level, message: string, facts: Record<string, unknown>): string {
  const rest = Object.entries(facts).map(
    ([name, value]) => `${name}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  );
  return [now.toISOString().slice(11, 19), level.padEnd(5), message, ...rest].join(" ");
}

function cleanFact(name: string, value: unknown): unknown {
  if (secretNames.test(name) && value !== null && value !== undefined) return "••••••••";
  if (typeof value === "string") return printable(value);
  if (value instanceof Error) return printable(reasonsOf(value));
  if (Array.isArray(value)) return value.slice(0, 50).map((one) => cleanFact("", one));
  if (value === null || typeof value !== "object" || value instanceof Date)
    return typeof value === "bigint" ? String(value) : value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [printable(key), cleanFact(key, one)]));
}

function reasonsOf(error: Error): string {
  const cause = error.cause instanceof Error ? ` (because: ${reasonsOf(error.cause)})` : "";
  return `${error.stack ?? error.message}${cause}`;
}

// A line break or an escape sequence in a name somebody chose must not make a second line or move the cursor.
function printable(text: string): string {
  return text
    .slice(0, 8000)
    .replace(addressWithPassword, (address) => mask(address))
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, escaped);
}

function escaped(character: string): string {
  if (character === "\n") return "\\n";
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
