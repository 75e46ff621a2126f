/** Where an item stood on the old site: its full address, and the path when it has a readable one. */
export type Place = { readonly link: string; readonly path: string | null };

/** Reads `link`; addresses like `/?p=12` have no path, those of another site (link posts) neither. */
export function placeOf(link: string, siteUrl: string): Place {
  const base = URL.parse(siteUrl || "http://unknown.invalid/");
  const url = URL.parse(link, base?.href);
  if (!url || !base || link === "") return { link, path: null };
  const isHere = url.hostname.replace(/^www\./, "") === base.hostname.replace(/^www\./, "");
  const path = decoded(url.pathname);
  return {
    link: url.href,
    path: isHere && path !== null && path.length > 1 && !path.startsWith("//") ? path.replace(/(?<=[^/])\/$/, "") : null,
  };
}

/** The readable name in an address: `wp:post_name` decoded, without folders and file ending (Squarespace has them). */
export function slugOf(name: string): string {
  const text = decoded(name.trim()) ?? name.trim();
  return (text.split("/").at(-1) ?? "").replace(/\.html?$/i, "");
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
