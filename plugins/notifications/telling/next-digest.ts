const morning = { hour: 8, minute: 0, second: 0, millisecond: 0 } as const;

/** The moment of the next digest: eight in the morning where somebody lives, of the next day or the next Monday. */
export function nextDigest(now: Date, timeZone: string, often: "daily" | "weekly"): string {
  const here = Temporal.Instant.from(now.toISOString()).toZonedDateTimeISO(zoneOf(timeZone));
  let next = here.with(morning);
  if (often === "weekly") next = next.add({ days: (8 - next.dayOfWeek) % 7 });
  if (Temporal.ZonedDateTime.compare(next, here) <= 0) next = next.add({ days: often === "weekly" ? 7 : 1 });
  return new Date(next.epochMilliseconds).toISOString();
}

function zoneOf(name: string): string {
  try {
    return Temporal.Now.zonedDateTimeISO(name).timeZoneId;
  } catch {
    return "UTC";
  }
}
