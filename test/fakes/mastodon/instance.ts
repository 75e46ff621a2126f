import type { FakeReply } from "../fake-server.ts";
import { tokenFor, type Call, type Route } from "./call.ts";
import { imageTypes } from "./media.ts";
import { notFound } from "./refused.ts";

/** What the server says of itself and of the people on it. */
export const instanceRoutes: readonly Route[] = [
  { method: "GET", path: "/api/v2/instance", run: instance },
  { method: "GET", path: "/api/v1/instance", run: (call) => ({ json: { uri: call.rules.url, configuration: limitsOf(call) } }) },
  { method: "GET", path: "/api/v1/accounts/verify_credentials", run: whoAmI },
  { method: "GET", path: "/.well-known/webfinger", run: finger },
];

function instance(call: Call): FakeReply {
  if (!call.rules.hasV2) throw notFound();
  return { json: { domain: new URL(call.rules.url).host, title: "Birds", version: "4.4.0", configuration: limitsOf(call) } };
}

function limitsOf({ rules }: Call): object {
  return {
    statuses: { max_characters: rules.text, max_media_attachments: rules.images, characters_reserved_per_url: rules.perUrl },
    media_attachments: {
      supported_mime_types: imageTypes,
      description_limit: rules.descriptions,
      image_size_limit: rules.imageBytes,
      image_matrix_limit: 33_177_600,
    },
  };
}

function whoAmI(call: Call): FakeReply {
  const { accountId } = tokenFor(call, "read:accounts");
  const { id, username } = call.held.accounts.find((one) => one.id === accountId)!;
  return { json: { id, username, acct: username, display_name: username, url: `${call.rules.url}/@${username}` } };
}

function finger({ request, held, rules }: Call): FakeReply {
  const name = /^acct:([^@]+)@/.exec(request.query.get("resource") ?? "")?.[1];
  if (!held.accounts.some(({ username }) => username === name)) throw notFound();
  const self = { rel: "self", type: "application/activity+json", href: `${rules.url}/users/${name}` };
  return { json: { subject: request.query.get("resource"), links: [self] } };
}
