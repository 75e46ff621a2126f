import type { Context } from "rookery/plugin";

/** Where apps find what they need, all on the installation's own address: that is where people are signed in. */
export function endpoints(site: Context["site"]) {
  const at = (path: string) => new URL(`/indieauth/${path}`, site.url).href;
  return {
    authorization: at("auth"),
    token: at("token"),
    introspection: at("introspect"),
    revocation: at("revoke"),
    userinfo: at("userinfo"),
  };
}

/** Where each blog (and the hub) keeps its metadata: a path below its issuer, where RFC 8414 looks too. */
export const metadataPath = "/.well-known/oauth-authorization-server";

/** The hub as an issuer: its address with a slash at the end, as blogs have it. */
export const hubIssuer = (site: Context["site"]): string => new URL("/", site.url).href;
