import type { Json, MediaFile, Photo } from "rookery/plugin";
import { isSame, objectOf, textOf } from "./mf2.ts";
import { invalid } from "../problem.ts";

/** What photos are looked up by: the blog's address, its own files by address, and those that were there before. */
export type PhotoFacts = {
  readonly base: string;
  readonly files: ReadonlyMap<string, MediaFile>;
  readonly before: readonly Photo[];
};

/** The address of a picture, sound or film, absolute; 400 for what is none. */
export function addressOf(value: Json, base: string, what: string): string {
  const text = textOf(value) ?? textOf(objectOf(value)?.url);
  const url = text === undefined ? null : URL.parse(text, base);
  if (!url || !/^https?:$/.test(url.protocol) || text!.length > 2000) throw invalid(`Each ${what} must be an address or a file.`);
  return url.href;
}

/** A photo as a post keeps it. What the library knows of its own file is added; what was there before stays as it was. */
export function photoFrom(value: Json, { base, files, before }: PhotoFacts): Photo {
  const same = before.find((photo) => isSame(photoValue(photo), value) || (typeof value === "string" && photo.url === value));
  if (same) return same;
  const url = addressOf(value, base, "photo");
  const file = files.get(url);
  const alt = altOf(value) ?? file?.alt ?? "";
  return { url, alt, ...(file?.width && file.height && { width: file.width, height: file.height }) };
}

/** A photo as Micropub reads it: its address, with its description when it has one (Micropub §3.3.2). */
export function photoValue({ url, alt }: Photo): Json {
  return alt ? { value: url, alt } : url;
}

/** The addresses among values, without judging them. */
export const addressesIn = (values: readonly Json[] = []): readonly string[] => values.flatMap((value) => textOf(value) ?? []);

function altOf(value: Json): string | undefined {
  const alt = objectOf(value)?.alt;
  return typeof alt === "string" ? alt.slice(0, 5000) : undefined;
}

/** Whether a text shows a picture itself, in Markdown or HTML; shown once is enough. */
export function shows(source: string, url: string): boolean {
  const escaped = url.replaceAll("&", "&amp;");
  return [url, escaped].some(
    (one) => source.includes(`src="${one}"`) || source.includes(`src='${one}'`) || source.includes(`](${one}`),
  );
}
