import type { ScriptedAnswer } from "./answer.ts";
import type { SentRequest } from "./sent-request.ts";

/** An answer, or what makes one of the request. */
export type Script = ScriptedAnswer | ((request: SentRequest) => ScriptedAnswer | Promise<ScriptedAnswer>);

type Standing = { readonly pattern: string; readonly matches: (request: string) => boolean; answers: Script[] };
type Once = { readonly matches: (request: string) => boolean; readonly script: Script };

/** What a test wrote down: which request gets which answer. */
export class Scripts {
  #standing: Standing[] = [];
  #once: Once[] = [];

  /** Answers in turn, the last one again and again; the same pattern said anew replaces them. */
  add(pattern: string, answers: readonly Script[]): void {
    if (answers.length === 0) throw new Error(`“${pattern}” has no answer`);
    this.#standing = this.#standing.filter((one) => one.pattern !== pattern);
    this.#standing.unshift({ pattern, matches: matcher(pattern), answers: [...answers] });
  }

  addOnce(pattern: string, script: Script): void {
    this.#once.push({ matches: matcher(pattern), script });
  }

  forget(pattern: string): void {
    this.#standing = this.#standing.filter((one) => one.pattern !== pattern);
  }

  /** One-time answers come first, in their order; then the exact address, then the latest pattern. */
  next(request: string): Script | undefined {
    const once = this.#once.findIndex((one) => one.matches(request));
    if (once >= 0) return this.#once.splice(once, 1)[0]!.script;
    const found = this.#standing.find((one) => one.pattern === request) ?? this.#standing.find((one) => one.matches(request));
    if (!found) return undefined;
    return found.answers.length > 1 ? found.answers.shift() : found.answers[0];
  }
}

/** Whether a request (“GET https://lee.example/post”) is meant by a pattern, in which `*` stands for anything. */
export function matcher(pattern: string): (request: string) => boolean {
  if (!pattern.includes("*")) return (request) => request === pattern;
  const source = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${source.join(".*")}$`, "s");
  return (request) => expression.test(request);
}
