import { PublicError, readXml } from "rookery/plugin";
import { withEscapedAmpersands } from "./ampersands.ts";
import { valueOf, type WxrEntry, type WxrFields, type WxrItem, type WxrSite, type WxrTerm } from "./wxr.ts";

/** What a reader of an export wants to hear; calls are made in the order of the file and waited for. */
export type WxrHandlers = {
  onItem?: (item: WxrItem, site: WxrSite) => Promise<void> | void;
  onEntry?: (entry: WxrEntry) => Promise<void> | void;
  onProgress?: (bytes: number) => void;
};

type GrowingItem = { fields: WxrFields; terms: WxrTerm[]; meta: Map<string, string>; comments: WxrFields[] };
type Found = { readonly item: GrowingItem } | { readonly entry: WxrEntry };

// Which elements hold other elements, by the one around them: `wp:author` is a list's entry in the channel and plain text in an item.
const containers: Readonly<Record<string, ReadonlySet<string>>> = {
  "": new Set(["rss"]),
  rss: new Set(["channel"]),
  channel: new Set(["item", "wp:author", "wp:category", "wp:tag", "wp:term", "image"]),
  item: new Set(["wp:postmeta", "wp:comment"]),
  "wp:comment": new Set(["wp:commentmeta"]),
  "wp:category": new Set(["wp:termmeta"]),
  "wp:tag": new Set(["wp:termmeta"]),
  "wp:term": new Set(["wp:termmeta"]),
};

const limits = { maxBytes: Number.MAX_SAFE_INTEGER, namespaces: false } as const;

/**
 * Reads a WordPress export as it streams by; memory holds 64 kB of it. Throws an error with a sentence, and the line where
 * the XML breaks, when the file is none.
 */
export async function readWxr(stream: AsyncIterable<Uint8Array>, handlers: WxrHandlers): Promise<WxrSite> {
  const reader = new WxrReader();
  let bytes = 0;
  async function* counted() {
    for await (const chunk of stream) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  await readXml(
    withEscapedAmpersands(counted()),
    {
      onOpen: ({ name, attributes }) => reader.open(name, attributes),
      onText: (text) => reader.text(text),
      onClose: () => reader.close(),
      async afterChunk() {
        for (const found of reader.takeFound()) {
          if ("item" in found) await handlers.onItem?.(found.item, reader.site());
          else await handlers.onEntry?.(found.entry);
        }
        handlers.onProgress?.(bytes);
      },
    },
    limits,
  );
  if (!reader.isWxr)
    throw new PublicError(
      "import.not-wxr",
      "This is no WordPress export: it has no WordPress items. In WordPress choose Tools → Export → All content.",
      422,
    );
  return reader.site();
}

/** Builds items from the events of the XML reader. */
class WxrReader {
  isWxr = false;
  readonly #channel: WxrFields = new Map();
  readonly #open: { readonly name: string; readonly fields: WxrFields }[] = [];
  #found: Found[] = [];
  #item: GrowingItem | null = null;
  #leaf = "";
  #leafAttributes: Readonly<Record<string, string>> = {};
  #leafDepth = 0;
  #text = "";

  site(): WxrSite {
    const of = (name: string) => valueOf(this.#channel, name);
    const url = of("wp:base_blog_url") || of("link") || of("wp:base_site_url");
    return { title: of("title"), url: url.replace(/\/+$/, ""), version: of("wp:wxr_version") };
  }

  takeFound(): Found[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#leafDepth > 0) {
      this.#leafDepth++; // markup inside a text, such as a title with <em>: its words count
      return;
    }
    if (name.startsWith("wp:")) this.isWxr = true;
    if (containers[this.#open.at(-1)?.name ?? ""]?.has(name)) {
      if (name === "item") this.#item = { fields: new Map(), terms: [], meta: new Map(), comments: [] };
      const fields = name === "item" ? this.#item!.fields : name === "channel" ? this.#channel : new Map<string, string>();
      this.#open.push({ name, fields });
      return;
    }
    this.#leaf = name;
    this.#leafAttributes = attributes;
    this.#leafDepth = 1;
    this.#text = "";
  }

  text(text: string): void {
    if (this.#leafDepth > 0) this.#text += text;
  }

  close(): void {
    if (this.#leafDepth === 0) this.#finish();
    else if (--this.#leafDepth === 0) this.#keep();
  }

  #keep(): void {
    const around = this.#open.at(-1);
    if (around?.name === "item" && this.#leaf === "category") {
      const { domain = "category", nicename = "" } = this.#leafAttributes;
      this.#item!.terms.push({ domain, slug: nicename, name: this.#text.trim() });
    } else if (around && !around.fields.has(this.#leaf)) around.fields.set(this.#leaf, this.#text);
  }

  #finish(): void {
    const { name, fields } = this.#open.pop()!;
    if (name === "wp:postmeta") {
      const key = valueOf(fields, "wp:meta_key");
      if (key !== "" && !this.#item!.meta.has(key)) this.#item!.meta.set(key, fields.get("wp:meta_value") ?? "");
    } else if (name === "wp:comment") this.#item!.comments.push(fields);
    else if (name === "item") this.#found.push({ item: this.#item! });
    else if (name === "wp:author" || name === "wp:category" || name === "wp:tag" || name === "wp:term")
      this.#found.push({ entry: { kind: name, fields } });
  }
}
