import { hash } from "node:crypto";
import type { Context } from "rookery/plugin";
import { shownPhotos } from "./collection-page.ts";
import { nameKey } from "./collection-names.ts";
import { allCollections, named, type Kept } from "./collections.ts";
import type { Picture } from "./pictures.ts";

// `{{< collection "NAME" >}}`, as Markdown leaves it and as somebody types it; alone in a paragraph it takes the paragraph's place.
const quote = `(?:["“”„]|&quot;)`;
const shortcode = new RegExp(
  `(<p>\\s*)?\\{\\{(?:<|&lt;)\\s*collection\\s+${quote}((?:(?!&quot;)[^"“”„<>{}]){1,400})${quote}\\s*(?:>|&gt;)\\}\\}(?:(\\s*</p>))?`,
  "g",
);
// What is quoted as code is not meant, nor what stands inside of a tag, such as a picture's description.
const passedBy = "(<(pre|code)\\b[^>]*>.*?<\\/\\5>|<[^>]+>)";
const inText = new RegExp(`${shortcode.source}|${passedBy}`, "gs");
// A collection has up to 500 pictures, and a post room for thousands of names.
const mostInPost = 20;

/** Keys of the collections that a text names. */
export function keysIn(source: string): readonly string[] {
  const keys = [...source.matchAll(shortcode)].map((match) => nameKey(plain(match[2]!)));
  return [...new Set(keys)].slice(0, mostInPost);
}

/** The words of the collections that a post's HTML shows. */
export function marksIn(html: string): Set<string | null> {
  return new Set([...html.matchAll(/"photos-collection (photos-[0-9a-f]{12})"/g)].map((match) => match[1]!));
}

/** A post's HTML with the pictures of the collections it names; a name that no collection has leaves nothing. */
export async function withCollections(html: string, context: Context): Promise<string> {
  if (keysIn(html).length === 0) return html;
  const collections = await allCollections(context);
  const drawn = new Map<string, Gallery>();
  for (const key of keysIn(html)) {
    const found = named(collections, key);
    if (found) drawn.set(key, await galleryOf(found, context));
  }
  let shown = 0;
  return html.replace(inText, (whole: string, before?: string, name?: string, after?: string) => {
    if (name === undefined) return whole;
    const gallery = shown < mostInPost ? drawn.get(nameKey(plain(name))) : undefined;
    if (gallery) shown++;
    if (before !== undefined && after !== undefined) return gallery ? wrapped("div", gallery) : "";
    return (before ?? "") + (gallery ? wrapped("span", gallery) : "") + (after ?? "");
  });
}

/** The pictures of a collection as HTML, and a word that changes with them. */
export type Gallery = { readonly html: string; readonly mark: string };

/** What a post shows of a collection. It stays when the plugin is off: pictures, and links to their files. */
export async function galleryOf(collection: Kept, context: Context): Promise<Gallery> {
  const html = (await shownPhotos(collection, context)).map(linked).join("");
  return { html, mark: `photos-${hash("sha256", html).slice(0, 12)}` };
}

function linked({ src, srcset, alt, width, height, href }: Picture & { readonly href: string }): string {
  const measures = width && height ? ` width="${width}" height="${height}"` : "";
  const sizes = srcset ? ` srcset="${escaped(srcset)}" sizes="(min-width: 40rem) 20rem, 50vw"` : "";
  return `<a href="${escaped(href)}"><img src="${escaped(src)}"${sizes} alt="${escaped(alt)}"${measures}></a>`;
}

const wrapped = (element: "div" | "span", { html, mark }: Gallery): string =>
  `<${element} class="photos-collection ${mark}">${html}</${element}>`;
const plain = (text: string): string => text.replaceAll("&amp;", "&").replaceAll("&#39;", "'").replaceAll("&lt;", "<");
const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
