import type { Context, Reply } from "rookery/plugin";

/** As which client this installation asks other sites. */
export const clientAddress = (site: Context["site"]): string => new URL("/indieauth/client", site.url).href;

/** What other sites read of it before they ask somebody (OAuth Client ID Metadata Document). */
export function clientReply(site: Context["site"]): Reply {
  const json = {
    client_id: clientAddress(site),
    client_name: `Rookery (${new URL(site.url).host})`,
    client_uri: new URL("/", site.url).href,
    redirect_uris: [new URL("/signin/with/callback", site.url).href],
    token_endpoint_auth_method: "none",
    grant_types: ["authorization_code"],
    response_types: ["code"],
  };
  return { json, headers: { "cache-control": "public, max-age=3600" } };
}
