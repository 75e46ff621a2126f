import type { ServiceLimits } from "../api.ts";
import { byteCount, countText } from "./counters.ts";
import type { Measure } from "./cut.ts";

/** Measures texts as a service does; `taken` is text that counts besides, such as a warning. */
export function measureOf(
  { text: most, counter, urlLength, bytes }: Pick<ServiceLimits, "text" | "counter" | "urlLength" | "bytes">,
  taken = "",
): Measure {
  const room = most - countText(taken, counter, urlLength);
  return {
    length: (text) => countText(text, counter, urlLength),
    fits: (text) => countText(text, counter, urlLength) <= room && (bytes === undefined || byteCount(text) <= bytes),
  };
}
