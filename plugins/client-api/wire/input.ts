/** The first of these parameters that says something, without blanks around it; empty for none. */
export function textOf(input: URLSearchParams, ...names: readonly string[]): string {
  for (const name of names) {
    const value = input.get(name)?.toWellFormed().replaceAll("\0", "").trim();
    if (value) return value;
  }
  return "";
}

/** Yes or no as apps spell it; undefined when nothing that means either was sent. */
export function flagOf(input: URLSearchParams, name: string): boolean | undefined {
  const value = input.get(name)?.trim().toLowerCase() ?? "";
  if (/^(1|true|yes|on)$/.test(value)) return true;
  return /^(0|false|no|off)$/.test(value) ? false : undefined;
}

/** A whole number that can name something here, from 1 on; null for anything else. */
export function numberOf(text: string | null | undefined): number | null {
  const number = /^\d{1,10}$/.test(text ?? "") ? Number(text) : 0;
  return number >= 1 && number <= 2_147_483_647 ? number : null;
}

/** How many entries an app wants: `usual` unless it says, never more than `most`; 0 is none. */
export function countOf(input: URLSearchParams, usual = 40, most = 200, name = "count"): number {
  const text = input.get(name)?.trim() ?? "";
  return /^\d{1,9}$/.test(text) ? Math.min(Number(text), most) : usual;
}
