import type { Context, Json, Refusal } from "rookery/plugin";
import { chaptersOf } from "./chapters.ts";
import { isTooLong } from "./transcript.ts";

/** What is wrong with what is said about an episode, whoever says it, in the blog's language; the field is one of the panel. */
export function problemOf(value: Json | undefined, { t }: Pick<Context, "t">): Refusal | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const { chapters, transcript } = value as { readonly [key: string]: Json };
  if (isTooLong(transcript)) return refusal("transcript", t("problem.transcript"));
  if (typeof chapters !== "string") return undefined;
  const read = chaptersOf(chapters);
  return "key" in read ? refusal("chapters", t(`problem.${read.key}`, { line: read.line })) : undefined;
}

const refusal = (field: string, refuse: string): Refusal => ({ refuse, field, status: 422 });
