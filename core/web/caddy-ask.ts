import type { Reply } from "../hooks/values.ts";
import { hostOf } from "./hosts.ts";
import { RateLimit } from "./limits.ts";
import { everywhere } from "./headers.ts";
import type { Sites } from "./sites.ts";

const path = "/caddy/ask";

/**
 * Tells Caddy whether a certificate may be got for a name (docs/running.md): 200 for the hub and for hosts of blogs, 404 for all
 * else. Names that are known never wait; the others are limited, for anybody can open a connection under any name.
 */
export class CaddyAsk {
  readonly #sites: Sites;
  readonly #hubHost: string;
  readonly #unknown = new RateLimit({ perMinute: 60, burst: 60 });

  constructor(sites: Sites, hubHost: string) {
    this.#sites = sites;
    this.#hubHost = hubHost;
  }

  /** The answer on any host that is not a blog's, since Caddy asks by the machine's own name; null for another address. */
  async reply(host: string, url: string, now: number): Promise<Reply | null> {
    if (url !== path && !url.startsWith(`${path}?`)) return null;
    if (host !== this.#hubHost && (await this.#sites.find(host))) return null;
    const domain = hostOf(new URL(`http://hub${url}`).searchParams.get("domain") ?? "");
    const isKnown = domain !== null && (domain === this.#hubHost || (await this.#sites.find(domain)) !== null);
    const headers = { ...everywhere, "cache-control": "no-store" };
    if (isKnown) return { status: 200, text: "yes\n", headers };
    const wait = this.#unknown.take("all", now);
    if (wait > 0) return { status: 429, text: "Ask again later.\n", headers: { ...headers, "retry-after": String(wait) } };
    return { status: 404, text: "No blog here has this name.\n", headers };
  }
}
