import type { Draft, Json, MediaFile, Post } from "rookery/plugin";
import { invalid } from "../problem.ts";
import { kindOf } from "./kind.ts";
import { firstText, isSame, listOf, objectOf, textOf, type Entry } from "./mf2.ts";
import { momentOf, writtenMoment } from "./moments.ts";
import { addressOf, photoFrom, shows } from "./photos.ts";
import { linkProperties, ownProperties, rsvpValues } from "./properties.ts";
import { entryOf, keptBy, type Kept } from "./source-of.ts";

/** What an entry is made into a draft with. */
export type Facts = {
  readonly base: string;
  readonly timeZone: string;
  /** The blog's own files among the entry's photos. */
  readonly files: ReadonlyMap<string, MediaFile>;
  readonly before: Post | null;
};

const said = ["name", "content", "summary", "category", "photo", "audio", "published", "updated", "post-status", "visibility"];
// Ours to say, whoever sends them back to us.
const ours = ["url", "uid", "author", "microblog-thumbnail", "microblog-template"];
const beside: ReadonlySet<string> = new Set([...said, ...ours, ...ownProperties]);

/** The draft an entry asks for; with a post from before, the one that makes it say exactly this. 400 with a sentence otherwise. */
export function draftOf({ type, properties }: Entry, facts: Facts): Draft {
  const { before } = facts;
  const content = contentOf(properties.content?.[0]);
  const photos = (properties.photo ?? []).map((value) => photoFrom(value, { ...facts, before: before?.photos ?? [] }));
  const categories = properties.category ?? [];
  const status = firstText(properties["post-status"]) || "published";
  if (status !== "published" && status !== "draft") throw invalid("post-status can be published or draft.");
  return {
    ...(before && { id: before.id, version: before.version }),
    ...kindOf({ type, properties }, before),
    title: soleText(properties.name, "name"),
    ...content,
    summary: soleText(properties.summary, "summary"),
    status,
    ...visibilityOf(firstText(properties.visibility), before),
    ...dateOf(firstText(properties.published), facts),
    categories: categories.flatMap((one) => (objectOf(one) ? [] : textOf(one)?.trim() || [])),
    // A picture that the text shows itself is not drawn once more below it.
    photos: photos.filter(({ url }) => !shows(content.content, url)),
    audio: (properties.audio ?? []).map((value) => audioFrom(value, facts)),
    properties: propertiesOf(
      { type, properties },
      facts,
      photos.filter(({ url }) => shows(content.content, url)).map(({ url }) => url),
    ),
  };
}

function contentOf(value: Json | undefined): { content: string; format: "markdown" | "html" } {
  const html = objectOf(value)?.html;
  if (typeof html === "string") return { content: html, format: "html" };
  const text = textOf(value);
  if (value !== undefined && text === undefined) throw invalid('content must be a text or {"html": "…"}.');
  return { content: text ?? "", format: "markdown" };
}

function soleText(values: readonly Json[] | undefined, name: string): string {
  const text = firstText(values);
  if (values?.length && text === undefined) throw invalid(`${name} must be a text.`);
  return text ?? "";
}

// Clients get the second, posts keep more: a date that was only read back moves nothing.
function dateOf(published: string | undefined, { before, timeZone }: Facts): Pick<Draft, "publishedAt"> {
  if (!published || (before?.publishedAt && writtenMoment(before.publishedAt) === published)) return {};
  return { publishedAt: momentOf(published, timeZone) };
}

// Nothing is ever shown to more people than its author knew of.
function visibilityOf(wanted: string | undefined, before: Post | null): Pick<Draft, "visibility"> {
  if (!wanted) return before ? { visibility: "public" } : {};
  if (wanted !== "public" && wanted !== "unlisted" && wanted !== "private")
    throw invalid("visibility can be public, unlisted or private.");
  return { visibility: wanted };
}

function audioFrom(value: Json, { base, before }: Facts): NonNullable<Draft["audio"]>[number] {
  const url = addressOf(value, base, "audio");
  // Type, length and size are found out by whoever keeps it.
  return before?.audio.find((audio) => audio.url === url) ?? { url, type: "", bytes: 0 };
}

function propertiesOf({ type, properties }: Entry, facts: Facts, shown: readonly string[]): Draft["properties"] {
  const before = facts.before && entryOf(facts.before).properties;
  const changed: Record<string, Json> = {};
  for (const name of ownProperties) {
    const values = properties[name] ?? [];
    // What did not change stays as whoever wrote it has it.
    if (!isSame(values, before?.[name] ?? [])) changed[name] = values.length === 0 ? null : checked(name, values, facts.base);
  }
  const people = (properties.category ?? []).filter((one) => objectOf(one) !== null);
  if (people.length > 0 || facts.before?.properties.category) changed.category = people.length === 0 ? null : people;
  const order = (properties.category ?? []).flatMap((one) => (objectOf(one) ? null : (textOf(one) ?? [])));
  const kept: Kept = {
    ...(type !== "h-entry" && type !== "h-event" && { type }),
    ...(shown.length > 0 && { shown }),
    ...(order.length > 1 && { order }),
    more: Object.fromEntries(Object.entries(properties).filter(([name, values]) => !beside.has(name) && values.length > 0)),
  };
  const isEmpty = Object.keys(kept.more).length === 0 && Object.keys(kept).length === 1;
  if (!isEmpty) changed.micropub = kept as unknown as Json;
  else if (facts.before && keptBy(facts.before)) changed.micropub = null;
  return changed;
}

function checked(name: string, values: readonly Json[], base: string): readonly Json[] {
  if (linkProperties.has(name)) for (const value of values) needAddress(name, value);
  if (name === "video")
    return values.map((value) => (typeof value === "string" ? addressOf(value, base, "video") : videoFrom(value, base)));
  if (name === "rsvp" && !values.every((value) => rsvpValues.includes(textOf(value)?.toLowerCase() ?? "")))
    throw invalid(`rsvp can be ${rsvpValues.join(", ")}.`);
  return values;
}

const videoFrom = (value: Json, base: string): Json => ({ ...objectOf(value), value: addressOf(value, base, "video") });

function needAddress(name: string, value: Json): void {
  const object = objectOf(value);
  const inner = objectOf(object?.properties) ?? object;
  const url = inner ? (textOf(listOf(inner.url)[0]) ?? textOf(object!)) : textOf(value);
  if (url === undefined || url.length > 2000 || !/^https?:$/.test(URL.parse(url)?.protocol ?? ""))
    throw invalid(`${name} must be an address that begins with http:// or https://.`);
}
