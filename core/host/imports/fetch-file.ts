import { PublicError } from "../../errors.ts";
import type { Refusal } from "../../hooks/values.ts";
import { FetchRefused } from "../../net/guarded-fetch.ts";
import type { RefusalReason } from "../../net/fetch-refused.ts";
import type { HostServices } from "../host-services.ts";
import type { ImportNote } from "../services.types.ts";
import { bareHost } from "./file-addresses.ts";

/** Why something did not come in: the sentence in English, and what says it in other languages. */
export type Why = Pick<ImportNote, "why" | "key" | "values">;

/** A file as it came, or why not; `isPassing` when it may work later. */
export type Fetched =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: Why; readonly isPassing: boolean };

/** From where a file may be fetched, and with what. */
export type FetchFrom = {
  readonly fetch: HostServices["fetch"];
  /** Hosts of the old site; a redirect to any other is not followed. */
  readonly hosts: readonly string[];
  readonly signal: AbortSignal;
};

// Such a file is in memory as a whole.
const [mostHops, mostBytes] = [5, 50_000_000] as const;

/** Fetches a picture, sound or film of the old site; what the site does wrong is a value. Throws only when `signal` stops it. */
export async function fetchFile(address: string, from: FetchFrom): Promise<Fetched> {
  const allowed = new Set(from.hosts.map(bareHost));
  try {
    let at = address;
    for (let hop = 0; hop <= mostHops; hop++) {
      const url = URL.parse(at);
      if (!url || !allowed.has(bareHost(url.host))) return elsewhere(url?.host ?? at);
      const answer = await from.fetch(url.href, {
        purpose: "media",
        maxBytes: mostBytes,
        redirect: "manual",
        signal: from.signal,
      });
      const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
      if (next === null) return await fileOf(answer);
      at = URL.parse(next, url.href)?.href ?? next;
      if (url.protocol === "https:" && !at.startsWith("https:"))
        return failed({ key: "import.unsafe", why: "The address leads to a less safe place." });
    }
    return failed({ key: "import.hops", why: "The address leads elsewhere too often." });
  } catch (error) {
    from.signal.throwIfAborted();
    if (error instanceof FetchRefused)
      return failed(
        { key: `import.${refusals[error.reason] ?? "unreachable"}`, why: error.message },
        ["network", "timeout", "busy"].includes(error.reason),
      );
    if (error instanceof PublicError) return failed(whyOf(error));
    throw error;
  }
}

async function fileOf(answer: Response): Promise<Fetched> {
  const { status } = answer;
  if (status === 200) return { ok: true, bytes: new Uint8Array(await answer.arrayBuffer()) };
  const why = { key: "import.status", values: { status }, why: `The old site answers ${status}.` };
  return failed(why, status === 429 || status >= 500);
}

const refusals: Partial<Record<RefusalReason, string>> = {
  "too-large": "large",
  type: "type",
  redirects: "hops",
  scheme: "scheme",
};

/** A refusal with its key, so that it can be said in other languages. */
export const whyOf = ({ message, key, values }: PublicError): Why => ({ why: message, key, values });

/** The same of what guards and the publish door refuse. */
export const whyRefused = ({ refuse, key, values }: Refusal): Why => ({
  why: refuse,
  ...(key && { key }),
  ...(values && { values }),
});

function elsewhere(where: string): Fetched {
  const host = where.slice(0, 250);
  return failed({ key: "import.elsewhere", values: { host }, why: `It leads to another site: ${host}.` });
}

function failed(why: Why, isPassing = false): Fetched {
  return { ok: false, why, isPassing };
}
