const attribute = String.raw`(?:\s+[a-z-]+(?:="[^"]*")?)*\s*/?`;
const image = new RegExp(`<img(${attribute})>`, "g");
const others = new RegExp(`</?(?:audio|video|source)${attribute}>`, "g");
const emptyFigure = /<(figure|p|figcaption)(?:\s+[a-z-]+="[^"]*")*>\s*<\/\1>/g;

/**
 * Clean HTML without pictures, sound and film: a page that is read here must not tell its site so. What a picture shows in words
 * stays, in brackets.
 */
export function withoutPictures(clean: string): string {
  return clean
    .replace(image, (_, attributes: string) => {
      const alt = /\salt="([^"]*)"/.exec(attributes)?.[1]?.trim();
      return alt ? `<span>[${alt}]</span>` : "";
    })
    .replace(others, "")
    .replace(emptyFigure, "")
    .replace(emptyFigure, "");
}
