// Making one costs a hundred times what using it does, and a list says forty moments.
const formatters = new Map<string, Intl.DateTimeFormat>();
const mostFormatters = 200;

function formatterOf(locale: string, timeZone: string): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone });
  if (formatters.size >= mostFormatters) formatters.clear();
  formatters.set(key, made);
  return made;
}

/** A stored moment in words, in a zone and a language: “24 November 2026 at 09:30”. Empty for none. */
export function formatDate(moment: string | null | undefined, timeZone = "UTC", language = "en"): string {
  if (!moment) return "";
  // Days before months and 24 hours for readers of English too: both are unmistakable everywhere.
  const locale = language === "en" ? "en-GB" : language;
  return formatterOf(locale, timeZone).format(new Date(moment));
}

/** A number of bytes in words: “1.2 MB”. */
export function formatBytes(bytes: number, language = "en"): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let unit = 0;
  let value = bytes;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  const style = { style: "unit", unit: units[unit]!, unitDisplay: unit === 0 ? "long" : "short" } as const;
  return new Intl.NumberFormat(language, { ...style, maximumFractionDigits: unit === 0 ? 0 : 1 }).format(value);
}

/** A moment for `<input type=datetime-local>`, in a zone: `2026-11-24T09:30`. Empty for none. */
export function toLocalInput(moment: string | null, timeZone: string): string {
  if (!moment) return "";
  return Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" });
}

/** What was typed into `<input type=datetime-local>`, as a moment; null when it is none. A time that summer time skips is the one after. */
export function fromLocalInput(text: string, timeZone: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return null;
  try {
    const moment = Temporal.PlainDateTime.from(text, { overflow: "reject" }).toZonedDateTime(timeZone, {
      disambiguation: "compatible",
    });
    return new Date(moment.epochMilliseconds).toISOString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The beginning of a text, for a list: 80 characters at most, cut between words. */
export function firstWords(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= 80 ? line : `${line.slice(0, 80).replace(/\s\S*$/, "")}…`;
}
