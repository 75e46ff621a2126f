/** An address of the web as it is stored; empty for whatever else somebody sends, such as a script. */
export function webAddress(text: string): string {
  const url = text.length <= 2_048 ? URL.parse(text) : null;
  return url && /^https?:$/.test(url.protocol) ? text.toWellFormed() : "";
}
