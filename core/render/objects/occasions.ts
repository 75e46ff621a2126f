import type { Json, Properties } from "../../hooks/values.ts";
import type { Dates } from "./dates.ts";
import { pageUrl } from "./images.ts";

/** Somewhere: what a post says of a place, as a name, an address (of the page and the street) and degrees. */
export type Place = {
  readonly name: string;
  readonly url: string | null;
  readonly address: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
};

/** When something takes place. */
export type Occasion = { readonly start: Date | null; readonly end: Date | null };

type Fields = { readonly [key: string]: Json };

/**
 * A place from a text, a `geo:` address (RFC 5870), a web address, or a nested h-card, h-adr or h-geo; null for none. One without a
 * name goes by its street or town.
 */
export function placeFrom(value: Json | undefined): Place | null {
  const first = firstOf(value);
  if (typeof first === "string" && first !== "") return placeOfText(first);
  const fields = fieldsOf(first);
  if (!fields) return null;
  const properties = fieldsOf(fields.properties) ?? fields;
  const inner = fieldsOf(firstOf(properties.geo)) ?? fieldsOf(firstOf(properties.adr));
  const all = { ...fieldsOf(inner?.properties), ...properties };
  const parts = ["street-address", "locality", "region", "country-name"].map((key) => textOf(all[key])).filter(Boolean);
  const address = parts.join(", ");
  return {
    name: textOf(all.name) || textOf(all.label) || address,
    url: pageUrl(firstOf(all.url)),
    address: textOf(all.name) ? address : "",
    latitude: degrees(all.latitude, 90),
    longitude: degrees(all.longitude, 180),
  };
}

function placeOfText(text: string): Place {
  const [, latitude, longitude] = /^geo:(-?[\d.]+),(-?[\d.]+)/i.exec(text) ?? [];
  const none = { name: "", url: null, address: "", latitude: null, longitude: null };
  if (latitude !== undefined) return { ...none, latitude: degrees(latitude, 90), longitude: degrees(longitude!, 180) };
  const url = /^https?:/i.test(text) ? pageUrl(text) : null;
  return url === null ? { ...none, name: text } : { ...none, name: URL.parse(url)?.host ?? url, url };
}

/** When an event takes place, from its `start` and `end`; null for what is none. A time without a zone is the blog's. */
export function occasionFrom({ start, end }: Properties, dates: Dates): Occasion | null {
  const from = dates.moment(textOf(start));
  const to = dates.moment(textOf(end));
  return from || to ? { start: from, end: to } : null;
}

/** The answer to an invitation: `yes`, `no`, `maybe`, `interested`, or nothing. */
export function rsvpFrom(value: Json | undefined): string {
  const word = textOf(value).toLowerCase();
  return ["yes", "no", "maybe", "interested"].includes(word) ? word : "";
}

function degrees(value: Json | undefined, most: number): number | null {
  const first = firstOf(value);
  const number = typeof first === "number" || (typeof first === "string" && first.trim() !== "") ? Number(first) : Number.NaN;
  return Math.abs(number) <= most ? number : null;
}

const firstOf = (value: Json | undefined): Json | undefined => (Array.isArray(value) ? (value as readonly Json[])[0] : value);

function textOf(value: Json | undefined): string {
  const first = firstOf(value);
  return typeof first === "string" ? first : "";
}

function fieldsOf(value: Json | undefined): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}
