/** A stored moment in words, in a zone: “24 November 2026, 09:30”. Empty for none. */
export function formatDate(moment: string | null | undefined, timeZone = "UTC"): string {
  if (!moment) return "";
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "short", timeZone }).format(new Date(moment));
}

/** A number of bytes in words: “1.2 MB”. */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "KB", "MB", "GB", "TB"];
  let unit = 0;
  let value = bytes;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit === 0 ? value : value.toFixed(1)} ${units[unit]}`;
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
