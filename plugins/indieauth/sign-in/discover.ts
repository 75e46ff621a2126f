import { linksIn, parseLinkHeader, PublicError } from "rookery/plugin";
import type { OwnContext } from "../own-context.ts";
import { profileUrlOf } from "../urls.ts";

/** How a site lets people prove that it is theirs. */
export type Discovered = {
  /** Where it was found in the end, in canonical form. */
  readonly me: string;
  readonly authorization: string;
  /** Null for a site that has no metadata. */
  readonly issuer: string | null;
  /** Whether answers carry `iss`. */
  readonly saysIssuer: boolean;
  /** Addresses that stand for it, so that no further look is needed. */
  readonly seen: readonly string[];
};

const limits = { timeout: 8_000, maxBytes: 1_000_000 } as const;

/** Finds how a site lets people prove that it is theirs (IndieAuth §4.1). PublicError 422 for what the person can put right. */
export async function discover(context: OwnContext, entered: string): Promise<Discovered> {
  const start = profileUrlOf(entered);
  if (!start) throw new PublicError("site.address", "Write the address of your site, such as https://kim.example/", 422);
  const response = await context
    .fetch(start.href, { ...limits, purpose: "page", headers: { accept: "text/html, application/xhtml+xml;q=0.9" } })
    .catch(() => null);
  if (!response?.ok) throw new PublicError("site.unreachable", "Your site could not be reached.", 422);
  const me = profileUrlOf(response.url || start.href)?.href;
  if (!me) throw new PublicError("site.address", "Write the address of your site, such as https://kim.example/", 422);
  const rels = await relsOf(response, me);
  const seen = [...new Set([start.href, me])];
  const metadata = rels("indieauth-metadata");
  if (metadata) return { ...(await readMetadata(context, metadata)), me, seen };
  const authorization = rels("authorization_endpoint");
  if (!authorization) throw noEndpoint();
  return { me, authorization, issuer: null, saysIssuer: false, seen };
}

// The first Link header counts, else the first link of the page.
async function relsOf(response: Response, base: string) {
  const header = parseLinkHeader(response.headers.get("link") ?? "", base);
  const page = (await linksIn(await response.text(), base)) ?? [];
  const links = page.filter(({ element, attribute }) => element === "link" && attribute === "href");
  return (rel: string): string | undefined => [...header, ...links].find((link) => link.rel.includes(rel))?.url;
}

async function readMetadata(context: OwnContext, address: string) {
  const response = await context.fetch(address, { ...limits, purpose: "json" }).catch(() => null);
  const said = response?.ok ? ((await response.json().catch(() => null)) as Record<string, unknown> | null) : null;
  const { issuer, authorization_endpoint: authorization } = said ?? {};
  if (typeof issuer !== "string" || typeof authorization !== "string" || !URL.canParse(authorization)) throw noEndpoint();
  // Whoever names an issuer that the document does not stand below could speak for somebody else's site.
  if (!(URL.parse(address)?.href ?? "").startsWith(issuer) || URL.parse(issuer)?.origin !== URL.parse(address)?.origin)
    throw noEndpoint();
  return { authorization, issuer, saysIssuer: said?.authorization_response_iss_parameter_supported === true };
}

const noEndpoint = () =>
  new PublicError("site.no-endpoint", "Your site does not say how to prove that it is yours. It needs IndieAuth.", 422);
