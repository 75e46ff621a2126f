import { escapeText } from "../escape-text.ts";
import { feedDate } from "./dates.ts";
import type { Feed, FeedAuthor } from "./feed.types.ts";
import { finishItems, lineOf, type RawItem } from "./finish-items.ts";
import { mediaOf } from "./media.ts";
import { shortText, webAddress } from "./markup.ts";
import { pauseOf } from "./pause.ts";
import { childOf, childrenOf, feedTree, markupOf, textOf, type FeedNode } from "./tree.ts";

/** RSS 0.9x, 1.0 and 2.0 and Atom 0.3 and 1.0; null when the document is none of them. */
export function readXmlFeed(text: string, url: string): Feed | null {
  const tree = feedTree(text, url);
  const root = tree && feedRoot(tree.root);
  if (!root) return null;
  const isAtom = root.name === "atom:feed" || root.name === "feed";
  const channel = isAtom ? root : (childOf(root, "channel") ?? root);
  const entries = isAtom ? childrenOf(root, "atom:entry", "entry") : itemsOf(root, channel);
  const links = childrenOf(channel, "atom:link", ...(isAtom ? ["link"] : []));
  const rel = (name: string) =>
    links
      .filter(({ attributes }) => (attributes.rel ?? "").toLowerCase() === name)
      .map((node) => webAddress(node.attributes.href ?? "", node.base))
      .filter(Boolean);
  const author = authorOf(channel);
  const title = lineOf(shortText(richText(childOf(channel, "title", "atom:title"))));
  const site = linkOf(channel);
  const { items, isCut } = finishItems(
    entries.map((entry) => ({
      ...rawItem(entry, isAtom, site || url),
      raw: text.slice(root.from, root.opened) + text.slice(entry.from, entry.to),
    })),
    author?.name ?? title,
  );
  const image = childOf(channel, "image");
  const icon = childOf(channel, "atom:logo", "logo", "atom:icon", "icon");
  return {
    kind: isAtom ? "atom" : root.name === "rdf:rdf" ? "rdf" : "rss",
    title,
    description: lineOf(
      shortText(richText(childOf(channel, "description", "atom:subtitle", "subtitle", "tagline", "atom:tagline"))),
      2_000,
    ),
    url: site,
    icon: webAddress(
      textOf(icon) || textOf(image && childOf(image, "url")) || (childOf(channel, "itunes:image")?.attributes.href ?? ""),
      site || url,
    ),
    language: lineOf(textOf(childOf(channel, "language", "dc:language")) || channel.language, 35),
    author,
    items,
    deleted: childrenOf(channel, "at:deleted-entry")
      .map(({ attributes }) => attributes.ref ?? "")
      .filter(Boolean)
      .slice(0, 1_000),
    hubs: rel("hub"),
    self: rel("self")[0] ?? "",
    next: rel("next")[0] ?? "",
    ...pauseOf(channel),
    isCut: isCut || tree.isCut,
  };
}

// Some wrap the feed in other elements, or are cut before their root begins properly.
function feedRoot(node: FeedNode, depth = 0): FeedNode | null {
  if (/^(rss|rdf:rdf|atom:feed|feed|channel|rdf)$/.test(node.name)) return node;
  if (depth > 3) return null;
  for (const child of node.children) {
    const found =
      typeof child === "string" || /^(?:xhtml:)?(?:html|body|head)$/.test(node.name) ? null : feedRoot(child, depth + 1);
    if (found) return found;
  }
  return null;
}

const itemsOf = (root: FeedNode, channel: FeedNode) => [
  ...childrenOf(channel, "item", "atom:entry"),
  ...childrenOf(channel, "items").flatMap((items) => childrenOf(items, "item")),
  ...(root === channel ? [] : childrenOf(root, "item")),
];

function rawItem(item: FeedNode, isAtom: boolean, site: string): Omit<RawItem, "raw"> {
  const guid = childOf(item, "guid", "atom:id", "id");
  const id = textOf(guid).trim() || (item.attributes["rdf:about"] ?? "");
  const isPermalink = guid?.name === "guid" && (guid.attributes.ispermalink ?? guid.attributes.isPermaLink ?? "true") !== "false";
  const url = linkOf(item) || (isPermalink || !isAtom ? webAddress(/^https?:\/\//i.test(id) ? id : "", item.base) : "");
  const content = contentOf(item);
  const date = (...names: string[]) => {
    for (const name of childOf(item, ...names) ? names : []) {
      const at = feedDate(textOf(childOf(item, name)));
      if (at !== "") return at;
    }
    return "";
  };
  const updatedAt = date("atom:updated", "updated", "dcterms:modified", "atom:modified", "modified");
  return {
    id,
    base: content && content.base !== item.base ? content.base : item.attributes["xml:base"] ? item.base : url || site,
    url,
    writtenTitle: richText(childOf(item, "title", "atom:title", "media:title")),
    html: content ? richText(content) : linkOut(item),
    publishedAt:
      date(
        "pubdate",
        "atom:published",
        "published",
        "dc:date",
        "dcterms:issued",
        "atom:issued",
        "issued",
        "dcterms:created",
        "atom:created",
        "created",
      ) || updatedAt,
    updatedAt,
    ...mediaOf(item),
    author: authorOf(item),
    inReplyTo: webAddress(
      childOf(item, "thr:in-reply-to")?.attributes.href ?? childOf(item, "thr:in-reply-to")?.attributes.ref ?? "",
      item.base,
    ),
    categories: childrenOf(item, "category", "atom:category", "dc:subject")
      .map((node) => lineOf(node.attributes.term ?? textOf(node), 100))
      .filter(Boolean)
      .slice(0, 50),
    language: lineOf(textOf(childOf(item, "dc:language")) || item.language, 35),
  };
}

// The first that says anything; an `atom:content` out of line is a link, not a text.
function contentOf(item: FeedNode): FeedNode | undefined {
  const names = [
    "content:encoded",
    "atom:content",
    "content",
    "xhtml:body",
    "xhtml:div",
    "description",
    "atom:summary",
    "summary",
    "itunes:summary",
    "media:description",
  ];
  return names
    .map((name) => childOf(item, name))
    .find((node) => node && (node.children.some((child) => typeof child !== "string") || textOf(node).trim() !== ""));
}

// Of content that stands elsewhere there is a link.
function linkOut(item: FeedNode): string {
  const out = childOf(item, "atom:content");
  const url = webAddress(out?.attributes.src ?? "", out?.base ?? item.base);
  return url && !/^(?:image|audio|video)\//i.test(out?.attributes.type ?? "")
    ? `<p><a href="${escapeText(url)}">${escapeText(url)}</a></p>`
    : "";
}

/** A text construct as HTML: of Atom by its type, of the others as the HTML they hold. */
function richText(node: FeedNode | undefined): string {
  if (!node) return "";
  const type = (node.attributes.type ?? "").toLowerCase();
  const mode = (node.attributes.mode ?? "").toLowerCase();
  const isAtomNode = /^(atom:|title$|content$|summary$|subtitle$)/.test(node.name);
  const hasElements = node.children.some((child) => typeof child !== "string");
  if (hasElements || node.name.startsWith("xhtml:")) return markupOf(node);
  const text = textOf(node).trim();
  if (mode === "base64") return Buffer.from(text.slice(0, 1_000_000), "base64").toString();
  const isPlain =
    node.name.startsWith("atom:") && mode !== "escaped" && (type === "" || type === "text" || type === "text/plain");
  return isPlain && isAtomNode ? escapeText(text).replace(/\n{2,}/g, "<br><br>") : text;
}

function linkOf(node: FeedNode): string {
  const links = childrenOf(node, "link", "atom:link");
  const plain = links.find(({ name, attributes, children }) => name === "link" && !attributes.href && children.length > 0);
  const fits = (wanted: RegExp) =>
    links.find(
      ({ attributes }) =>
        attributes.href !== undefined &&
        (attributes.rel ?? "alternate").toLowerCase() === "alternate" &&
        wanted.test(attributes.type ?? ""),
    );
  const alternate = fits(/^$|html/i) ?? fits(/./);
  const written = textOf(plain).trim() || alternate?.attributes.href || "";
  return webAddress(written, (plain ?? alternate)?.base ?? node.base);
}

function authorOf(node: FeedNode): FeedAuthor | null {
  const given = childOf(node, "atom:author", "author", "dc:creator", "itunes:author");
  if (!given) return null;
  const inside = (name: string) => childOf(given, `atom:${name}`, name);
  // RSS has mail addresses here: "kim@kim.example (Kim)". They are not kept.
  const written = inside("name")
    ? textOf(inside("name"))
    : given.children.some((child) => typeof child !== "string")
      ? ""
      : textOf(given);
  const name = lineOf(shortText(written.replace(/^\s*\S+@\S+\s*\(([^)]*)\)\s*$/, "$1").replace(/<?\S+@[\w-]+\.\S+>?/g, "")), 200);
  const url = webAddress(textOf(inside("uri") ?? inside("url")), given.base);
  return name || url ? { name, url, photo: "" } : null;
}
