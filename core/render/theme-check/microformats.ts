import { classesOf, textIn, type MarkupElement } from "./page-markup.ts";

/** A microformat of a page: its types, and its properties by name without their prefix, in the order of the page. */
export type Microformat = {
  readonly types: readonly string[];
  readonly properties: ReadonlyMap<string, readonly MicroformatValue[]>;
  /** Microformats inside that are no property of it. */
  readonly children: readonly Microformat[];
};

/** A property's value as text, with the microformat it is, if it is one, and a picture's description. */
export type MicroformatValue = { readonly text: string; readonly item?: Microformat; readonly alt?: string };

const root = /^h-[a-z]+(-[a-z]+)*$/;
const property = /^(p|u|dt|e)-([a-z]+(?:-[a-z]+)*)$/;

/** The microformats2 of a page: as much of the standard as themes and our own functions use. */
export function microformatsOf(page: MarkupElement): Microformat[] {
  const found: Microformat[] = [];
  for (const child of page.children) if (typeof child !== "string") collect(child, null, found);
  return found;
}

type Building = { properties: Map<string, MicroformatValue[]>; children: Microformat[] };

function collect(element: MarkupElement, inside: Building | null, found: Microformat[]): void {
  if (element.tag === "template") return;
  const classes = classesOf(element);
  const types = classes.filter((name) => root.test(name));
  const names = classes.flatMap((name) => property.exec(name) ?? []).filter((_, at) => at % 3 !== 0);
  const item = types.length > 0 ? itemFrom(element, types) : undefined;
  if (inside)
    for (let at = 0; at < names.length; at += 2) {
      const value = valueOf(element, names[at]!, item);
      const known = inside.properties.get(names[at + 1]!);
      if (known) known.push(value);
      else inside.properties.set(names[at + 1]!, [value]);
    }
  if (item) {
    if (names.length === 0 || !inside) (inside?.children ?? found).push(item);
    return;
  }
  for (const child of element.children) if (typeof child !== "string") collect(child, inside, found);
}

function itemFrom(element: MarkupElement, types: readonly string[]): Microformat {
  const building: Building = { properties: new Map(), children: [] };
  for (const child of element.children) if (typeof child !== "string") collect(child, building, []);
  // A card that says nothing is named by its text and lives at its link.
  const { properties } = building;
  const isBare = [...properties.keys()].length === 0 && building.children.length === 0;
  if (isBare && !properties.has("name")) properties.set("name", [{ text: textIn(element).trim() }]);
  const href = element.attributes.get("href");
  if (!properties.has("url") && element.tag === "a" && href !== undefined) properties.set("url", [{ text: href }]);
  return { types, ...building };
}

function valueOf(element: MarkupElement, prefix: string, item: Microformat | undefined): MicroformatValue {
  const attribute = (name: string) => element.attributes.get(name);
  const alt = element.tag === "img" ? attribute("alt") : undefined;
  return { text: textOf(element, prefix, attribute), ...(item && { item }), ...(alt !== undefined && { alt }) };
}

function textOf(element: MarkupElement, prefix: string, attribute: (name: string) => string | undefined): string {
  if (prefix === "u") {
    const address = attribute("href") ?? attribute("src") ?? attribute("data") ?? attribute("poster");
    if (address !== undefined) return address;
  }
  if (prefix === "dt") {
    const time = attribute("datetime");
    if (time !== undefined) return time;
  }
  if (prefix !== "e") {
    const stated = attribute("value") ?? (["abbr", "link"].includes(element.tag) ? attribute("title") : attribute("alt"));
    if (stated !== undefined && element.tag !== "a") return stated;
  }
  return textIn(element).trim();
}
