import { definePlugin, type Context, type Route } from "rookery/plugin";
import { endpoints, hubIssuer, metadataPath } from "./addresses.ts";
import { eraseAccount, sweep } from "./codes.ts";
import { logoRoute } from "./client-logo.ts";
import { ask, decide } from "./consent.ts";
import { forgetOver } from "./forget.ts";
import { metadataReply } from "./metadata.ts";
import { networkSettings, settings } from "./settings.ts";
import { clientReply } from "./sign-in/client.ts";
import { ownSite } from "./sign-in/own-site.ts";
import { tables } from "./tables.ts";
import { introspectionEndpoint, legacyCheck, userinfoEndpoint } from "./token-checks.ts";
import { identityEndpoint, revocationEndpoint, tokenEndpoint } from "./token-endpoint.ts";

const forApps = { on: "hub", access: "public", cors: true, errors: "json" } as const;
// Some apps send a form of parts where others send a plain one.
const posted = { ...forApps, method: "POST", body: "multipart", limit: 100_000 } as const;

const routes: readonly Route<typeof settings>[] = [
  {
    ...forApps,
    method: "GET",
    on: "blog",
    path: metadataPath,
    run: ({ context }) => metadataReply(context.site, context.blog.url),
  },
  { ...forApps, method: "GET", path: metadataPath, run: ({ context }) => metadataReply(context.site, hubIssuer(context.site)) },
  { ...posted, path: "/indieauth/auth", run: identityEndpoint },
  { ...posted, path: "/indieauth/token", run: tokenEndpoint },
  { ...forApps, method: "GET", path: "/indieauth/token", run: legacyCheck },
  { ...posted, path: "/indieauth/introspect", run: introspectionEndpoint },
  { ...posted, path: "/indieauth/revoke", run: revocationEndpoint },
  { ...forApps, method: "GET", path: "/indieauth/userinfo", run: userinfoEndpoint },
  { ...forApps, method: "GET", path: "/indieauth/client", run: ({ context }) => clientReply(context.site) },
  { method: "GET", on: "hub", access: "member", path: "/indieauth/logo/:id", run: logoRoute },
  { method: "GET", on: "hub", access: "public", path: "/indieauth/redirect", run: ({ query }) => toApp(query) },
];

/** Lets apps and other sites recognise people by their blog, and people in by a site of their own. */
export default definePlugin({
  id: "indieauth",
  name: "IndieAuth",
  description: "Apps and other sites recognise you by your blog, with what you allow them; and your own site signs you in here.",
  version: "1.0.0",
  api: 1,
  category: "IndieWeb",
  sets: ["blog", "community"],
  capabilities: ["identity", "accounts:read", "media:read", "network:fetch", "network:fetch-any"],
  settings,
  networkSettings,
  collections: { clients: {}, logos: {} },
  tables: [...tables],
  hooks: {
    "account.erased": { durable: true, run: ({ accountId }, context) => eraseAccount(context, accountId) },
    "response.links": ({ post }, { blog, site }) => (post ? [] : linksOf(blog.url, site)),
  },
  screens: [
    {
      on: "hub",
      path: "/indieauth/auth",
      access: "public",
      title: "Let an app in",
      example: {
        client_id: "http://127.0.0.1/",
        redirect_uri: "http://127.0.0.1/back",
        response_type: "code",
        state: "1",
        scope: "create%20profile%20birds",
      },
      run: ask,
    },
    { method: "POST", on: "hub", path: "/indieauth/consent", access: "member", title: "Let an app in", run: decide },
  ],
  services: { "auth.method": (context) => ownSite(context) },
  jobs: {
    sweep: { every: { hours: 1 }, run: (_, context) => sweep(context) },
    forget: { run: (_, context) => forgetOver(context) },
  },
  routes,
});

function linksOf(blogUrl: string, site: Context["site"]) {
  const { authorization, token } = endpoints(site);
  return [
    { rel: "indieauth-metadata", href: new URL(metadataPath, blogUrl).href },
    { rel: "authorization_endpoint", href: authorization },
    { rel: "token_endpoint", href: token },
  ];
}

/** The page that apps made for one origin come back to: it hands what they got to the app on the phone. */
function toApp(query: URLSearchParams) {
  const location = `microblog://micropub${query.size > 0 ? `?${query}` : ""}`;
  return { status: 302, headers: { location, "cache-control": "no-store" } };
}
