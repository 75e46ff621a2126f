import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { DiscoveryCase } from "../../../plugins/webmention/sending/discovery-cases.testing.ts";
import { ask } from "./installed.testing.ts";

/** A webmention that arrived at the site: where, with which parameters, and how its source answered just then. */
export type Arrival = {
  readonly path: string;
  readonly body: Readonly<Record<string, string>>;
  readonly userAgent: string;
  readonly sourceStatus: number;
  readonly sourceText: string;
};

type Page = { html: string; status?: number; type?: string; headers?: readonly [string, string][] };

/** A site like webmention.rocks on loopback: pages for the cases, an endpoint behind each, and what was asked of it. */
export class Rocks {
  readonly arrivals: Arrival[] = [];
  /** Requests for pages, by path. */
  readonly visits = new Map<string, number>();
  readonly #pages = new Map<string, Page>();
  url = "";

  /** Starts one; it ends with the test. */
  static async start(t: { teardown(work: () => unknown): void }): Promise<Rocks> {
    const rocks = new Rocks();
    const server = createServer(async (request, response) => {
      const path = request.url ?? "/";
      if (request.method === "POST") {
        let text = "";
        for await (const piece of request) text += String(piece);
        const body = Object.fromEntries(new URLSearchParams(text));
        const source = await ask(body.source ?? rocks.url).catch(() => ({ status: 0, text: "" }));
        rocks.arrivals.push({
          path,
          body,
          userAgent: request.headers["user-agent"] ?? "",
          sourceStatus: source.status,
          sourceText: source.text,
        });
        return void response.writeHead(202).end();
      }
      rocks.visits.set(path, (rocks.visits.get(path) ?? 0) + 1);
      const page = rocks.#pages.get(path);
      if (!page) return void response.writeHead(404).end();
      const headers = [...(page.headers ?? []), ["Content-Type", page.type ?? "text/html; charset=utf-8"]].flat();
      response.writeHead(page.status ?? 200, headers).end(page.html);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    rocks.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    t.teardown(() => (server.closeAllConnections(), server.close()));
    return rocks;
  }

  /** Puts a page at a path; gives its address. */
  page(path: string, page: Page): string {
    this.#pages.set(path, page);
    return this.url + path;
  }

  /** A page that takes webmentions at `/take`. */
  taking(path: string): string {
    return this.page(path, { html: "<p>Hello</p>", headers: [["Link", "</take>; rel=webmention"]] });
  }

  /** Puts up a case of discovery; gives the address to link to. */
  discovery(at: number, one: DiscoveryCase): string {
    const path = `/case/${at}/page`;
    const said = (text: string) => text.replaceAll("{origin}", this.url);
    const headers = Object.entries(one.headers ?? {}).flatMap(([name, value]) =>
      said(value)
        .split("\n")
        .map((line): [string, string] => [name, line]),
    );
    const page = { html: said(one.html), headers, ...(one.type !== undefined && { type: one.type }) };
    if (one.at === undefined) return this.page(path, page);
    this.page(one.at, page);
    return this.page(path, { html: "", status: 302, headers: [["Location", one.at]] });
  }
}

/** Why what was seen of a case of discovery is wrong; null when it is right. */
export function discoveryFault(rocks: Pick<Rocks, "arrivals" | "visits">, one: DiscoveryCase, page: string): string | null {
  const { pathname } = new URL(page);
  const wanted = one.endpoint?.replace("{page}", pathname).replace("{folder}", pathname.replace(/page$/, "")) ?? null;
  const got = rocks.arrivals.filter(({ body }) => body.target === page);
  if (wanted === null) return got.length === 0 ? null : `a webmention arrived at ${got[0]!.path}`;
  if (got.length !== 1) return `${got.length} webmentions arrived`;
  if (got[0]!.path !== wanted) return `it arrived at ${got[0]!.path}, not ${wanted}`;
  const names = Object.keys(got[0]!.body).join(" ");
  if (names !== "source target") return `it says ${names}`;
  if (!got[0]!.userAgent.includes("Webmention")) return `the User-Agent is ${got[0]!.userAgent}`;
  return rocks.visits.get(pathname) === 1 ? null : `the page was asked for ${rocks.visits.get(pathname)} times`;
}
