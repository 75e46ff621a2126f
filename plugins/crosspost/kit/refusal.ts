import { plainText, type Context } from "rookery/plugin";
import { CrosspostError, type CrosspostErrorKind } from "../crosspost-error.ts";
import type { Answer } from "./ask.ts";
import { retryAt } from "./retry-at.ts";

/** How a service speaks of what went wrong, where most do not speak so. */
export type Dialect = {
  /** The service's own words in the body of an error. */
  said(body: Answer["body"]): unknown;
  /** The class of an error that others would put elsewhere; undefined for the usual one. */
  kindOf?(answer: Answer, said: string): CrosspostErrorKind | undefined;
};

/** An answer that is no success as the error that decides what happens next (crossposting.md §1), in the service's words where it has some. */
export function refusal(context: Pick<Context, "clock" | "t">, answer: Answer, dialect: Dialect): CrosspostError {
  const { server, status, headers } = answer;
  const said = wordsOf(dialect.said(answer.body));
  const kind = dialect.kindOf?.(answer, said) ?? usualKind(answer);
  const sentence = context.t(`service.${sentenceOf(kind, said)}`, { server, status, said });
  return new CrosspostError(kind, sentence, kind === "rate" ? retryAt(headers, context.clock.now()) : undefined);
}

function usualKind({ status, headers, isMaking }: Answer): CrosspostErrorKind {
  if (status === 401) return "auth";
  if (status === 429 || (status === 503 && headers.has("retry-after"))) return "rate";
  // An answer from in between says nothing about whether the server did it.
  if (isMaking && (status === 502 || status === 504)) return "unknown";
  return status >= 500 || status === 408 || status === 425 ? "transient" : "permanent";
}

function sentenceOf(kind: CrosspostErrorKind, said: string): string {
  if (kind === "rate") return "rate";
  if (kind === "unknown") return "unsure";
  if (kind === "auth") return said === "" ? "auth" : "auth-said";
  if (kind === "transient") return said === "" ? "busy" : "busy-said";
  return said === "" ? "refused" : "said";
}

// As text of bearable length: it is shown, kept and mailed.
function wordsOf(said: unknown): string {
  if (typeof said !== "string") return "";
  return plainText(said.slice(0, 2000))
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, 300)
    .toWellFormed();
}
