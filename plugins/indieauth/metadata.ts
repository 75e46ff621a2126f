import type { Context, Reply } from "rookery/plugin";
import { endpoints } from "./addresses.ts";
import { grantable } from "./scopes.ts";

/** The metadata document of an issuer (IndieAuth §4.1.1, RFC 8414). */
export function metadataReply(site: Context["site"], issuer: string): Reply {
  const at = endpoints(site);
  const json = {
    issuer,
    authorization_endpoint: at.authorization,
    token_endpoint: at.token,
    introspection_endpoint: at.introspection,
    // Asking needs a token, whose kinds RFC 8414 §2 lets stand here.
    introspection_endpoint_auth_methods_supported: ["Bearer"],
    revocation_endpoint: at.revocation,
    revocation_endpoint_auth_methods_supported: ["none"],
    userinfo_endpoint: at.userinfo,
    token_endpoint_auth_methods_supported: ["none"],
    scopes_supported: [...grantable],
    response_types_supported: ["code"],
    grant_types_supported: ["authorization_code", "refresh_token"],
    code_challenge_methods_supported: ["S256"],
    authorization_response_iss_parameter_supported: true,
    client_id_metadata_document_supported: true,
    service_documentation: "https://indieauth.spec.indieweb.org/",
  };
  return { json, headers: { "cache-control": "public, max-age=300" } };
}
