import sanitizeHtml from "sanitize-html";
import { textOfCleanMarkup } from "./clean-markup.ts";
import { escapeText } from "./escape-text.ts";
import { type AttributeContext, safeAttributes } from "./sanitise-attributes.ts";
import { PARENTS, type Policy, RULES, type Rules, SWALLOWED } from "./sanitise-policies.ts";
import { safeUrl } from "./sanitise-url.ts";

export type { Policy } from "./sanitise-policies.ts";

/** Moves when the same input may give other output, so that cached clean HTML is made again. */
export const POLICY_VERSION = 1;

/** Hosts whose frames own posts may embed, and a map from a remote image's address to the one shown. */
export type SanitiseOptions = { embedHosts?: readonly string[]; imageUrl?: (url: string) => string };

// Chrome stops at 512 too; without a bound, `<b>` × 100,000 followed by stray end tags takes the parser quadratic time.
const DEEPEST = 512;
const PASSES = 5;
const MEDIA_ELEMENTS = ["iframe", "img", "video", "audio"];
const DROPPED = "dropped";
const REL = "nofollow ugc noopener noreferrer";
const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
const MEDIA_LINK = { schemes: new Set(["http", "https"]), relative: false };

class TooDeep extends Error {}

// What was just cleaned is often asked about once more, for its words: that costs as much as the first time and changes nothing.
let last = { policy: "", output: "" };

/** Gives HTML cleaned by one of the four policies; cleaning the result again changes nothing. Never throws for bad markup. */
export function sanitise(html: string, policy: Policy, options: SanitiseOptions = {}): string {
  if (policy === "text" || !/[<&]/.test(html)) return escapeMarkup(html, policy);
  const isPlain = !options.embedHosts && !options.imageUrl;
  if (isPlain && policy === last.policy && html === last.output) return html;
  try {
    const output = untilStable(html.replaceAll("\0", ""), policy, options);
    if (isPlain) last = { policy, output };
    return output;
  } catch (error) {
    if (error instanceof TooDeep) return escapeText(html.replace(/<[^<>]*>/g, " "));
    throw error;
  }
}

function escapeMarkup(html: string, policy: Policy): string {
  return policy === "text" ? escapeText(html) : html.replaceAll("\0", "").replaceAll(">", "&gt;");
}

/** A dropped element can let its neighbours nest differently when read again, so such output is cleaned until it holds still. */
function untilStable(html: string, policy: Exclude<Policy, "text">, options: SanitiseOptions): string {
  let { output, isReshaped } = new Pass(policy, options).run(html);
  // Addresses are mapped once only: the result of `imageUrl` is ours.
  const { embedHosts } = options;
  for (let pass = 1; isReshaped && pass < PASSES; pass++) {
    const next = new Pass(policy, { embedHosts }).run(output);
    if (next.output === output) return output;
    ({ output, isReshaped } = next);
    isReshaped = true;
  }
  return isReshaped ? escapeText(textOfCleanMarkup(output)) : output;
}

/** One reading of a document: keeps which elements are open, since some are only allowed inside others. */
class Pass {
  readonly #policy: Exclude<Policy, "text">;
  readonly #rules: Rules;
  readonly #context: AttributeContext;
  readonly #embedHosts: readonly string[];
  readonly #open = new Map<string, number>();
  readonly #transforms: Record<string, sanitizeHtml.Transformer>;
  #depth = 0;
  #isDecided = false;
  #isReshaped = false;

  constructor(policy: Exclude<Policy, "text">, options: SanitiseOptions) {
    this.#policy = policy;
    this.#rules = RULES[policy];
    this.#embedHosts = options.embedHosts ?? [];
    this.#context = { policy, rules: this.#rules, imageUrl: options.imageUrl };
    this.#transforms = { "*": (name, attributes) => this.#transform(name, attributes) };
    // The library writes the `text` of a replacement only for transforms of a named element, and calls `*` after them.
    for (const name of MEDIA_ELEMENTS) this.#transforms[name] = (_, attributes) => this.#replace(name, attributes);
  }

  run(html: string): { output: string; isReshaped: boolean } {
    const output = sanitizeHtml(html, {
      ...SECOND_LINE[this.#policy],
      transformTags: this.#transforms,
      onOpenTag: (name) => this.#count(name, 1),
      onCloseTag: (name) => this.#count(name, -1),
    });
    return { output, isReshaped: this.#isReshaped };
  }

  #count(name: string, by: 1 | -1): void {
    this.#depth += by;
    if (this.#depth > DEEPEST) throw new TooDeep();
    this.#open.set(name, (this.#open.get(name) ?? 0) + by);
  }

  #isOpen(name: string): boolean {
    return (this.#open.get(name) ?? 0) > 0;
  }

  #replace(name: string, attributes: Record<string, string>): sanitizeHtml.Tag {
    const media = this.#media(name, attributes);
    this.#isDecided = media !== null;
    return media ?? { tagName: name, attribs: attributes };
  }

  #transform(found: string, attributes: Record<string, string>): sanitizeHtml.Tag {
    if (this.#isDecided) {
      this.#isDecided = false;
      return { tagName: found, attribs: attributes };
    }
    const name = this.#rules.rename.get(found) ?? found;
    if (name !== found) this.#isReshaped = true;
    if (this.#isOrphan(name)) return this.#drop();
    if (!this.#rules.elements.has(name)) {
      // The name stays: by it the library knows that a script's content goes with it.
      this.#isReshaped = true;
      return { tagName: name, attribs: {} };
    }
    const attribs = safeAttributes(name, attributes, this.#context);
    if (name === "a" && this.#policy !== "own" && attribs["href"] !== undefined) attribs["rel"] = REL;
    if (name === "img") attribs["loading"] = "lazy";
    if (name === "audio" || name === "video") attribs["controls"] = "";
    return { tagName: name, attribs };
  }

  #isOrphan(name: string): boolean {
    const parents = PARENTS.get(name);
    return parents !== undefined && !parents.some((parent) => this.#isOpen(parent));
  }

  #drop(text?: string): sanitizeHtml.Tag {
    this.#isReshaped = true;
    return text ? { tagName: "span", attribs: {}, text } : { tagName: DROPPED, attribs: {} };
  }

  /** Frames outside the embed list, and in untrusted text images and players too, become a link to what they would show. */
  #media(name: string, attributes: Record<string, string>): sanitizeHtml.Tag | null {
    if (name === "iframe") return this.#frame(attributes) ?? this.#link(attributes["src"], attributes["title"]);
    if (this.#policy !== "untrusted") return null;
    if (name === "img") return this.#link(attributes["src"], attributes["alt"]);
    if ((name === "video" || name === "audio") && attributes["src"]) return this.#link(attributes["src"], attributes["title"]);
    return null;
  }

  #frame(attributes: Record<string, string>): sanitizeHtml.Tag | null {
    if (this.#policy !== "own") return null;
    const source = safeUrl(attributes["src"] ?? "", { schemes: new Set(["https"]), relative: false });
    const host = source === null ? undefined : URL.parse(source)?.hostname;
    if (source === null || host === undefined || !this.#embedHosts.includes(host)) return null;
    const attribs = safeAttributes("iframe", attributes, this.#context);
    return { tagName: "iframe", attribs: { ...attribs, src: source, sandbox: SANDBOX, loading: "lazy" }, text: "" };
  }

  #link(address: string | undefined, label: string | undefined): sanitizeHtml.Tag {
    const url = safeUrl(address ?? "", MEDIA_LINK);
    const href = url === null ? undefined : URL.parse(url)?.href;
    if (href === undefined || this.#isOpen("a")) return this.#drop(label?.trim());
    this.#isReshaped = true;
    const attribs: Record<string, string> = this.#policy === "own" ? { href } : { href, rel: REL };
    return { tagName: "a", attribs, text: label?.trim() || href };
  }
}

/** The library's own lists: everything above would have to fail before they matter. */
const SECOND_LINE = {
  untrusted: secondLine(RULES.untrusted),
  reader: secondLine(RULES.reader),
  own: secondLine(RULES.own),
} as const;

function secondLine(rules: Rules): sanitizeHtml.IOptions {
  const attributes = new Set([...rules.everywhere.keys(), "rel", "id", "loading", "sandbox"]);
  for (const names of rules.attributes.values()) for (const name of names.keys()) attributes.add(name);
  return {
    // Frames are always decided above; unlisted here, the library would clean and keep what is inside of them.
    allowedTags: [...new Set([...rules.elements, "iframe"])],
    allowedAttributes: { "*": [...attributes] },
    allowedSchemes: [...rules.links.schemes],
    allowProtocolRelative: false,
    nonTextTags: [...SWALLOWED],
    selfClosing: ["img", "br", "hr", "wbr", "source"],
    parseStyleAttributes: false,
  };
}
