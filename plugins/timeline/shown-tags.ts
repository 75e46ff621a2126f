const allowed = new Set("a span b i img strong em div p br blockquote ul ol li code pre audio video source".split(" "));
const attributes: Readonly<Record<string, readonly string[]>> = {
  a: ["href", "title"],
  img: ["src", "width", "height", "alt"],
  audio: ["src", "controls"],
  video: ["src", "controls", "width", "height", "preload", "poster", "alt", "playsinline"],
  source: ["src", "type"],
};
// What has a meaning that an allowed element carries as well.
const instead: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["h2", "h3", "h4", "h5", "h6", "tr", "caption", "summary", "figcaption"].map((name) => [name, "p"])),
  ...Object.fromEntries(["figure", "details", "table"].map((name) => [name, "div"])),
  dl: "ul",
  dt: "li",
  dd: "li",
  kbd: "code",
  samp: "code",
};

/**
 * Leaves the elements and attributes that apps of the field draw in a timeline; the words of others stay. It takes what `sanitise`
 * gave, where `<` and `>` are nowhere but around tags.
 */
export function withAllowedTags(clean: string): string {
  return clean.replace(/<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g, (_, end: string, name: string, rest: string) => {
    const element = allowed.has(name) ? name : instead[name];
    if (element === undefined) return name === "td" || name === "th" ? " " : "";
    return end ? `</${element}>` : `<${element}${keptOf(element, rest)}>`;
  });
}

function keptOf(element: string, rest: string): string {
  const names = attributes[element];
  if (!names) return "";
  const found = [...rest.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].filter(([, name]) => names.includes(name!));
  return found.map(([, name, value]) => (value === undefined ? ` ${name}` : ` ${name}="${value}"`)).join("");
}
