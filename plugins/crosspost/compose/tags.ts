const TOKEN = /<(\/?)([a-z][a-z0-9]*)((?:\s[^>]*)?)>|[^<]+|</gi;
const CHARACTERS: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" };

/** A piece of clean HTML: text, or the start or end of an element. */
export type Tag =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "start"; readonly name: string; attribute(name: string): string | undefined }
  | { readonly kind: "end"; readonly name: string };

/** Reads HTML that the sanitiser wrote: no comments, no raw text, no `>` in attributes, five entities. */
export function* tagsOf(html: string): Generator<Tag> {
  for (const [whole, slash, name, attributes = ""] of html.matchAll(TOKEN)) {
    if (name === undefined) yield { kind: "text", text: unescape(whole) };
    else if (slash) yield { kind: "end", name: name.toLowerCase() };
    else yield { kind: "start", name: name.toLowerCase(), attribute: (wanted) => attributeIn(attributes, wanted) };
  }
}

function attributeIn(attributes: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}="([^"]*)"`, "i").exec(attributes);
  return found ? unescape(found[1]!) : undefined;
}

const unescape = (text: string): string => text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => CHARACTERS[entity] ?? entity);
