import { FetchRefused } from "../../net/fetch-refused.ts";

/** What the scripted network answers: one body, or a failure on the way. */
export type ScriptedAnswer = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly html?: string;
  readonly json?: unknown;
  readonly text?: string;
  readonly xml?: string;
  /** Any bytes; say their type in `headers`. */
  readonly bytes?: Uint8Array;
  /** Leads to another address, with 302 unless `status` says otherwise. */
  readonly redirect?: string;
  /** Comes this much later by the test's clock: somebody has to advance it. */
  readonly delay?: Temporal.DurationLike;
  /** No answer: the time runs out at once, the connection is cut, or nobody is there. */
  readonly fails?: "timeout" | "reset" | "unreachable";
};

/** An answer as a Response; throws what the guarded fetch would throw. */
export function responseTo(answer: ScriptedAnswer, url: string, isRedirected: boolean): Response {
  if (answer.fails === "timeout") throw new FetchRefused("timeout");
  if (answer.fails)
    throw new FetchRefused("network", { cause: new Error(answer.fails === "reset" ? "ECONNRESET" : "ENOTFOUND") });
  const [body, type] = bodyOf(answer);
  const status = answer.status ?? (answer.redirect === undefined ? 200 : 302);
  const headers = new Headers({
    ...(type && { "content-type": type }),
    ...(answer.redirect !== undefined && { location: answer.redirect }),
    ...answer.headers,
  });
  const isEmpty = status === 204 || status === 205 || status === 304;
  const response = new Response(isEmpty ? null : (body as BodyInit), { status, headers });
  return Object.defineProperties(response, { url: { value: url }, redirected: { value: isRedirected } });
}

function bodyOf(answer: ScriptedAnswer): [string | Uint8Array, string] {
  if (answer.html !== undefined) return [answer.html, "text/html; charset=utf-8"];
  if (answer.json !== undefined) return [JSON.stringify(answer.json), "application/json; charset=utf-8"];
  if (answer.xml !== undefined) return [answer.xml, "application/xml; charset=utf-8"];
  if (answer.bytes !== undefined) return [answer.bytes, "application/octet-stream"];
  return [answer.text ?? "", "text/plain; charset=utf-8"];
}
