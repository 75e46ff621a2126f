/** How somebody wants times written. */
export type Clock = {
  /** IANA zone; used where the app did not say `minutes`. */
  readonly zone: string;
  /** What is added to the local time to get UTC, as JavaScript counts: 360 is six hours west. */
  readonly minutes: number | null;
  readonly hours: 12 | 24;
  readonly order: "ymd" | "mdy" | "dmy";
  readonly separator: string;
};

/** A moment in short, by somebody's clock: `3:38 pm` today, `2020-09-03 10:15 am` on other days. */
export function whenOf(moment: string, now: Date, clock: Clock): string {
  const at = localOf(Date.parse(moment) || 0, clock);
  const today = localOf(now.getTime(), clock);
  const time = timeOf(at, clock.hours);
  return at.toPlainDate().equals(today.toPlainDate()) ? time : `${dateOf(at, clock)} ${time}`;
}

function localOf(milliseconds: number, { zone, minutes }: Clock): Temporal.ZonedDateTime {
  const instant = Temporal.Instant.fromEpochMilliseconds(milliseconds);
  try {
    return instant.toZonedDateTimeISO(minutes === null ? zone : offsetOf(-minutes));
  } catch (error) {
    if (error instanceof RangeError) return instant.toZonedDateTimeISO("UTC");
    throw error;
  }
}

function offsetOf(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${two(hours)}:${two(rest)}`;
}

function timeOf({ hour, minute }: Temporal.ZonedDateTime, hours: 12 | 24): string {
  if (hours === 24) return `${two(hour)}:${two(minute)}`;
  return `${hour % 12 || 12}:${two(minute)} ${hour < 12 ? "am" : "pm"}`;
}

function dateOf({ year, month, day }: Temporal.ZonedDateTime, { order, separator }: Clock): string {
  const parts = { y: String(year).padStart(4, "0"), m: two(month), d: two(day) };
  return [...order].map((part) => parts[part as keyof typeof parts]).join(separator);
}

const two = (number: number): string => String(number).padStart(2, "0");
