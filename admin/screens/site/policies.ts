import { PublicError } from "../../../core/errors.ts";
import { policyText, type PolicyName } from "../../../core/installation/facts.ts";
import { markdownToHtml } from "../../../core/net/markdown.ts";
import type { AdminRequest } from "../../request.ts";

/** The terms of the installation, for everybody. */
export function showTerms(request: AdminRequest) {
  return page(request, "terms");
}

/** What the installation does with people's data, for everybody. */
export function showPrivacy(request: AdminRequest) {
  return page(request, "privacy");
}

async function page(request: AdminRequest, name: PolicyName) {
  const text = await policyText(request.house.storage, name);
  if (text.trim() === "") throw new PublicError("policy.none", "This installation has published no such text.", 404);
  return request.html("screens/site/policy", request.t(`site.${name}`), { text: markdownToHtml(text, "reader") });
}
