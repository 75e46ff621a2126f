const url = /https?:\/\/[^\s<>"']+/g;
const mention = /(^|[^\w/])@(\w+)@[\w.-]+\w/g;

/** Length of a status as the service counts it: graphemes, every web address as `perUrl`, mentions without their server. */
export function countText(text: string, perUrl: number): number {
  const shortened = text.replace(url, "x".repeat(perUrl)).replace(mention, "$1@$2");
  return [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(shortened)].length;
}
