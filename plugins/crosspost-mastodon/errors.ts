import { plainText } from "rookery/plugin";
import { CrosspostError } from "../crosspost/api.ts";
import { retryAt } from "./retry-at.ts";
import type { MastodonContext } from "./settings.ts";

type Refusal = {
  readonly server: string;
  readonly response: Response;
  readonly said: string;
  /** The request makes something: an answer from in between says nothing about whether it did. */
  readonly isMaking: boolean;
};

/** An answer that is an error, in the classes of crosspost (crossposting.md §1): the service's own words where it has some. */
export function refusalOf(context: MastodonContext, { server, response, said, isMaking }: Refusal): CrosspostError {
  const { status, headers } = response;
  const words = (key: string) => context.t(`error.${key}`, { server, said, status });
  if (status === 401 || (status === 403 && /scope|login|suspend|disabled|confirm|moved|approv/i.test(said)))
    return new CrosspostError("auth", words(said === "" ? "auth" : "auth-said"));
  if (status === 429) return new CrosspostError("rate", words("rate"), retryAt(headers, context.clock.now()));
  if (status === 422 && /not finished|try again/i.test(said)) return new CrosspostError("transient", words("processing"));
  if (isMaking && (status === 502 || status === 504)) return new CrosspostError("unknown", words("unsure"));
  if (status >= 500 || status === 408 || status === 425) return new CrosspostError("transient", words("busy"));
  return new CrosspostError("permanent", words(said === "" ? "refused" : "said"));
}

/** What a server says went wrong, as text of bearable length. */
export function saidBy(body: Readonly<Record<string, unknown>> | null): string {
  const said = body?.error_description ?? body?.error;
  return typeof said === "string"
    ? plainText(said)
        .replace(/\p{Cc}/gu, " ")
        .slice(0, 300)
    : "";
}
