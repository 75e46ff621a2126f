import { Fault, faults } from "./fault.ts";
import { RpcDate, type RpcValue } from "./value.ts";

const shape = /^(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/;

/** The moment that a date of a struct names: one without a zone is in `zone`. Undefined when there is none; a Fault for what is no date. */
export function momentOf(value: RpcValue | undefined, zone: string): string | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const text = value instanceof RpcDate ? value.text : value;
  if (text === "") return undefined;
  const match = typeof text === "string" ? shape.exec(text) : null;
  if (!match) throw new Fault(faults.params, "A date must look like 20260501T12:30:00.");
  const [, year, month, day, hour, minute, second = "00", offset] = match;
  const clock = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  try {
    const instant = offset
      ? Temporal.Instant.from(`${clock}${offset}`)
      : Temporal.PlainDateTime.from(clock, { overflow: "reject" }).toZonedDateTime(zone).toInstant();
    return new Date(instant.epochMilliseconds).toISOString();
  } catch (error) {
    if (error instanceof RangeError) throw new Fault(faults.params, "There is no such date.");
    throw error;
  }
}

/** A moment as editors read it: in `zone`, and without saying so. */
export function dateIn(moment: string, zone: string): RpcDate {
  const local = Temporal.Instant.from(moment).toZonedDateTimeISO(zone).toPlainDateTime();
  const text = local.toString({ smallestUnit: "second" });
  return new RpcDate(text.replaceAll("-", ""));
}
