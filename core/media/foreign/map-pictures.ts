import { escapeText } from "../../net/escape-text.ts";

const element = /<(img|source|video|audio)\b([^<>]*)>/g;
const pictureOf: Readonly<Record<string, RegExp>> = {
  img: / (src|srcset)="([^"]*)"/g,
  source: / (srcset)="([^"]*)"/g,
  video: / (poster)="([^"]*)"/g,
  audio: /(?!)/g,
};
const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/**
 * Gives clean HTML with other addresses of pictures; an attribute whose address becomes "" goes. Players lose what makes them load by
 * themselves. It takes what `sanitise` gave, where `<` and `>` are nowhere but around tags and values stand in double quotes.
 */
export function mapPictures(clean: string, address: (url: string) => string): string {
  return clean.replace(element, (_, name: string, rest: string) => {
    const mapped = rest.replace(pictureOf[name]!, (_whole, attribute: string, written: string) => {
      const value = written.replace(/&(amp|lt|gt|quot|#39);/g, (_entity, word: string) => characters[word]!);
      const given = attribute === "srcset" ? mapSet(value, address) : address(value);
      return given === "" ? "" : ` ${attribute}="${escapeText(given)}"`;
    });
    const isPlayer = name === "video" || name === "audio";
    return isPlayer
      ? `<${name}${mapped.replace(/ (?:preload|autoplay)(?:="[^"]*")?/g, "")} preload="none">`
      : `<${name}${mapped}>`;
  });
}

// HTML §4.8.4.2.1: addresses have no spaces, and a comma ends them only before one or behind a size.
function mapSet(value: string, address: (url: string) => string): string {
  return value
    .split(/,(?=\s|$)|(?<=\s[\d.]{1,9}[wxh]),/)
    .map((one) => one.trim().split(/\s+/))
    .map(([url = "", ...size]) => [address(url), ...size])
    .flatMap(([url, ...size]) => (url ? [[url, ...size].join(" ")] : []))
    .join(", ");
}
