import { linksIn, type Json } from "rookery/plugin";
import type { FetchedPage } from "../page.ts";
import { isSameTarget } from "../web-url.ts";

const attributes: ReadonlySet<string> = new Set(["href", "src", "poster", "srcset", "cite", "data"]);

/**
 * Whether a page links to a target (Webmention §3.2.2), by its type: HTML by an attribute that holds exactly that address, JSON by a
 * value that is it, text by its appearance. Comments, scripts and escaped markup are no links. Null for a page
 * that takes too long to read.
 */
export async function linksTo(
  { type, text, url }: Pick<FetchedPage, "type" | "text" | "url">,
  target: string,
): Promise<boolean | null> {
  if (/^application\/(?:json|[\w.-]+\+json)/.test(type)) return holds(parsed(text), target, 0);
  if (/html|xml/.test(type)) {
    const links = await linksIn(text, url);
    return (
      links && links.some((link) => attributes.has(link.attribute) && link.element !== "base" && isSameTarget(link.url, target))
    );
  }
  const after = text.indexOf(target);
  return (
    after >= 0 &&
    text
      .split(target)
      .slice(1)
      .some((rest) => !/^[\w/?#&=%-]/.test(rest))
  );
}

function holds(value: Json | undefined, target: string, depth: number): boolean {
  if (typeof value === "string") return isSameTarget(value, target);
  if (typeof value !== "object" || value === null || depth > 50) return false;
  return Object.values(value).some((one) => holds(one, target, depth + 1));
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
