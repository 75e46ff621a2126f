import type { AttributeKind, Policy, Rules } from "./sanitise-policies.ts";
import { safeUrl } from "./sanitise-url.ts";

/** Written before every id of a post, so that no post can name an element of the page around it. */
export const ID_PREFIX = "user-content-";

// Microformats 2 prefixes, the roots of the older microformats, and names the software keeps for itself.
const RESERVED_CLASS =
  /^(?:(?:h|p|u|dt|e)-|(?:rookery|rk|admin|slot|js)-|(?:hentry|hfeed|hatom|hnews|hproduct|hrecipe|hresume|hreview|hreview-aggregate|vcard|vevent|vcalendar|adr|geo|xoxo|user-content)$)/i;
const CLASS_NAME = /^[a-z0-9_-]{1,80}$/i;
const UNTRUSTED_CLASSES = new Set(["mention", "invisible", "ellipsis"]);
const OWN_REL = new Set(["nofollow", "ugc", "sponsored", "noopener", "noreferrer", "external", "license"]);
const MEDIA = { schemes: new Set(["http", "https"]), relative: false };
const OWN_MEDIA = { ...MEDIA, relative: true };

/** What a check may need to know besides the value. */
export type AttributeContext = {
  readonly policy: Policy;
  readonly rules: Rules;
  readonly imageUrl: ((url: string) => string) | undefined;
};

type Check = (value: string, context: AttributeContext) => string | null;

const CHECKS: Readonly<Record<AttributeKind, Check>> = {
  text: (value) => value,
  flag: () => "",
  number: (value) => (/^\d{1,5}$/.test(value) ? value : null),
  language: (value) => (/^[a-z0-9-]{1,35}$/i.test(value) ? value : null),
  direction: (value) => (/^(?:ltr|rtl|auto)$/i.test(value) ? value.toLowerCase() : null),
  class: (value, { policy }) => classes(value, policy),
  rel: (value) => tokens(value, (token) => OWN_REL.has(token)),
  id: (value) => prefixed(value),
  name: (value) => prefixed(value),
  srcset: (value) => value,
  url: (value, { policy, rules }) => (policy === "own" && value.startsWith("#") ? fragment(value) : safeUrl(value, rules.links)),
  image: (value, { policy, imageUrl }) => {
    const url = safeUrl(value, policy === "own" ? OWN_MEDIA : MEDIA);
    return url !== null && imageUrl ? imageUrl(url) : url;
  },
};

/** Gives the attributes of an element that its policy allows, with checked values. */
export function safeAttributes(
  element: string,
  found: Readonly<Record<string, string>>,
  context: AttributeContext,
): Record<string, string> {
  const kept: Record<string, string> = {};
  const own = context.rules.attributes.get(element);
  for (const name in found) {
    const kind = own?.get(name) ?? context.rules.everywhere.get(name);
    if (kind === undefined) continue;
    const value = CHECKS[kind](found[name] ?? "", context);
    if (value === null || (value === "" && kind !== "flag" && name !== "alt")) continue;
    if (kind !== "name") kept[name] = value;
    else if (found["id"] === undefined) kept["id"] = value;
  }
  return kept;
}

function tokens(value: string, isKept: (token: string) => boolean): string | null {
  return (
    value
      .split(/\s+/)
      .filter((token) => token !== "" && isKept(token))
      .join(" ") || null
  );
}

function classes(value: string, policy: Policy): string | null {
  if (policy !== "own") return tokens(value, (name) => UNTRUSTED_CLASSES.has(name));
  return tokens(value, (name) => CLASS_NAME.test(name) && !RESERVED_CLASS.test(name));
}

function prefixed(id: string): string | null {
  if (!/^[^\s"'<>&]{1,200}$/.test(id)) return null;
  return id.startsWith(ID_PREFIX) ? id : ID_PREFIX + id;
}

function fragment(link: string): string | null {
  const id = link.slice(1);
  // The empty fragment and `#top` lead to the top of any page.
  if (id === "" || id === "top") return link;
  const target = prefixed(id);
  return target === null ? null : `#${target}`;
}
