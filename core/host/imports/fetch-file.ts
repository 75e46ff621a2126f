import { PublicError } from "../../errors.ts";
import { FetchRefused } from "../../net/guarded-fetch.ts";
import type { HostServices } from "../host-services.ts";
import { bareHost } from "./file-addresses.ts";

/** A file as it came, or the sentence why not; `isPassing` when it may work later. */
export type Fetched =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly why: string; readonly isPassing: boolean };

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
      if (!url || !allowed.has(bareHost(url.host))) return failed(`It leads to another site: ${url?.host ?? at}.`.slice(0, 300));
      const answer = await from.fetch(url.href, {
        purpose: "media",
        maxBytes: mostBytes,
        redirect: "manual",
        signal: from.signal,
      });
      const next = answer.status >= 300 && answer.status < 400 ? answer.headers.get("location") : null;
      if (next === null) return await fileOf(answer);
      at = URL.parse(next, url.href)?.href ?? next;
      if (url.protocol === "https:" && !at.startsWith("https:")) return failed("The address leads to a less safe place.");
    }
    return failed("The address leads elsewhere too often.");
  } catch (error) {
    from.signal.throwIfAborted();
    if (error instanceof FetchRefused) return failed(error.message, ["network", "timeout", "busy"].includes(error.reason));
    if (error instanceof PublicError) return failed(error.message);
    throw error;
  }
}

async function fileOf(answer: Response): Promise<Fetched> {
  const { status } = answer;
  if (status === 200) return { ok: true, bytes: new Uint8Array(await answer.arrayBuffer()) };
  return failed(`The old site answers ${status}.`, status === 429 || status >= 500);
}

function failed(why: string, isPassing = false): Fetched {
  return { ok: false, why, isPassing };
}
