import { MarkdownRefused, markdownToHtml, PublicError } from "rookery/plugin";
import { longest } from "../bounds.ts";
import type { Own } from "../own.ts";
import { withNames } from "./names.ts";

/** What somebody wrote, in the one way it is kept. PublicError 422 for nothing, and for too much. */
export function readText(text: string): string {
  const clean = tidy(text);
  if (clean === "") throw new PublicError("empty", "Write something first.", 422);
  if ([...clean].length > longest)
    throw new PublicError("too-long", `A reply may have ${longest} letters at most.`, 422, { limit: longest });
  return clean;
}

/** The same without refusing anything, for drafts. */
export function tidy(text: string): string {
  return text
    .slice(0, longest * 4)
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replaceAll("\0", "")
    .trim();
}

/** Clean HTML of Markdown, with links to the people here whom it names. */
export async function htmlOf(context: Own, source: string): Promise<string> {
  return withNames(context, rendered(source));
}

function rendered(source: string): string {
  try {
    return markdownToHtml(source, "untrusted");
  } catch (error) {
    if (!(error instanceof MarkdownRefused)) throw error;
    throw new PublicError("too-many-links", "There are too many links in it.", 422, { limit: error.limit });
  }
}
