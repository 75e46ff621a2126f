import type { ServiceLimits } from "../api.ts";
import { byteCount, countText } from "./counters.ts";
import type { Measure } from "./cut.ts";

/** Measures texts as a service does; `taken` is text that counts besides, such as a warning. */
export function measureOf(
  { text: most, counter, bytes }: Pick<ServiceLimits, "text" | "counter" | "bytes">,
  taken = "",
): Measure {
  const room = most - countText(taken, counter);
  return {
    length: (text) => countText(text, counter),
    fits: (text) => countText(text, counter) <= room && (bytes === undefined || byteCount(text) <= bytes),
  };
}
