import { parseXml, PublicError, xmlAttribute, XmlError, type XmlNode } from "rookery/plugin";
import type { FeedAddress, Source } from "../api.ts";
import { mostFollows } from "../bounds.ts";

/** The feeds of an OPML file in its order, each once, out of whatever folders. PublicError 422 for what cannot be read, holds none, or more than 5,000. */
export function readOpml(bytes: Uint8Array): readonly FeedAddress[] {
  const found = new Map<string, FeedAddress>();
  const open = [rootOf(bytes)];
  for (let node = open.pop(); node; node = open.pop()) {
    const said = new Map(Object.entries(node.attributes).map(([name, value]) => [name.toLowerCase(), value.trim()]));
    const url = (said.get("xmlurl") ?? "").slice(0, 2_048).toWellFormed();
    const title = (said.get("title") || said.get("text") || "").slice(0, 200).toWellFormed();
    const site = said.get("htmlurl") ?? "";
    if (node.local.toLowerCase() === "outline" && url !== "" && !found.has(url))
      found.set(url, { url, title, site: /^https?:\/\//i.test(site) && site.length <= 2_048 ? site.toWellFormed() : "" });
    if (found.size > mostFollows)
      throw new PublicError("large-opml", "There are more than 5,000 feeds in this file, which is the most.", 422);
    open.push(...node.children.toReversed());
  }
  if (found.size === 0) throw new PublicError("empty-opml", "There are no feeds in this file.", 422);
  return [...found.values()];
}

/** Whom somebody follows as OPML 2.0: feeds by their address, people and blogs here by the feed of their blog. */
export function writeOpml(sources: readonly Source[], title: string): string {
  const lines = sources.map(({ kind, key, title: name, url }) => {
    const isHere = kind === "person" || kind === "blog";
    const said = [xmlAttribute(name), xmlAttribute(isHere ? new URL("feed.xml", url).href : key), xmlAttribute(url)];
    return `<outline type="rss" text="${said[0]}" title="${said[0]}" xmlUrl="${said[1]}" htmlUrl="${said[2]}"/>`;
  });
  const head = `<head><title>${xmlAttribute(title)}</title></head>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">${head}<body>\n${lines.join("\n")}\n</body></opml>\n`;
}

function rootOf(bytes: Uint8Array): XmlNode {
  try {
    const root = parseXml(bytes);
    if (root.local.toLowerCase() === "opml") return root;
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
  }
  throw new PublicError("no-opml", "This is no OPML file that can be read.", 422);
}
