import type { JobData } from "./job.ts";

const [mostFacts, mostLetters] = [8, 60];
const hidden = /token|secret|password|key|auth|cookie|code|email|mail|address|session|state|challenge|verifier/i;
// What looks like a word nobody made up to be read: a token, a hash, a signature. Ids are shorter.
const unreadable = /[\w-]{30,}|[?&#][^=\s]+=/;

/** What a job carries, in a line that may be shown: names and short values, nothing that opens anything or is somebody's text. */
export function payloadSummary(data: JobData): string {
  if (typeof data !== "object" || data === null) return shown("", data);
  const entries = Object.entries(data);
  const facts = entries.slice(0, mostFacts).map(([name, value]) => `${name}: ${shown(name, value)}`);
  return [...facts, ...(entries.length > mostFacts ? ["…"] : [])].join(", ");
}

function shown(name: string, value: JobData): string {
  if (hidden.test(name)) return "•••";
  if (Array.isArray(value)) return `[${value.length}]`;
  if (typeof value === "object" && value !== null) return "{…}";
  const text = String(value).replace(/\s+/g, " ");
  if (unreadable.test(text)) return "•••";
  return text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text;
}
