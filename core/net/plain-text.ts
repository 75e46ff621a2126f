import { textOfCleanMarkup } from "./clean-markup.ts";
import { sanitise } from "./sanitise.ts";

/** Gives the text a reader sees, without markup: white space folded, block boundaries as spaces. It is text, so escape it in HTML. */
export function plainText(html: string): string {
  return textOfCleanMarkup(sanitise(html, "reader"));
}
