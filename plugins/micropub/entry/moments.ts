import { invalid } from "../problem.ts";

const written = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A date as clients send it, as a moment; without a zone it is the blog's own time. 400 for what is no date. */
export function momentOf(text: string, timeZone: string): string {
  const [, day, time = "00:00", zone] = written.exec(text.trim()) ?? [];
  if (!day) throw invalid("The date cannot be read; write it like 2026-11-24T09:30:00+01:00.");
  try {
    const plain = Temporal.PlainDateTime.from(`${day}T${time}`);
    const zoned = zone
      ? Temporal.Instant.from(`${day}T${time}${zone.toUpperCase()}`)
      : plain.toZonedDateTime(timeZone).toInstant();
    return new Date(zoned.epochMilliseconds).toISOString();
  } catch (error) {
    if (error instanceof RangeError) throw invalid("There is no such date.");
    throw error;
  }
}

/** A moment as fixed-format parsers want it: seconds, and an offset in digits. */
export function writtenMoment(moment: string): string {
  return moment.replace(/(\.\d+)?Z$/, "+00:00");
}
