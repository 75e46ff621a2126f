/** What an export says about when something happened. */
export type Dates = { readonly gmt: string; readonly local: string; readonly published?: string };

/**
 * The moment in UTC: WordPress's GMT date, else (drafts have `0000-00-00`) its local one in the blog's zone, else the feed's.
 * Undefined when none makes sense, such as the year -0001.
 */
export function momentOf({ gmt, local, published }: Dates, timeZone: string): string | undefined {
  return utc(gmt) ?? zoned(local, timeZone) ?? feedDate(published ?? "");
}

const pattern = /^([1-9]\d{3}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2})?)$/;

function utc(text: string): string | undefined {
  const match = pattern.exec(text.trim());
  return match ? stampOf(Date.parse(`${match[1]}T${match[2]}Z`)) : undefined;
}

function zoned(text: string, timeZone: string): string | undefined {
  const match = pattern.exec(text.trim());
  if (!match || Number.isNaN(Date.parse(`${match[1]}T${match[2]}Z`))) return undefined;
  return stampOf(Temporal.PlainDateTime.from(`${match[1]}T${match[2]}`).toZonedDateTime(timeZone).epochMilliseconds);
}

function feedDate(text: string): string | undefined {
  return /\s[1-9]\d{3}\s/.test(text) ? stampOf(Date.parse(text)) : undefined;
}

function stampOf(milliseconds: number): string | undefined {
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}
