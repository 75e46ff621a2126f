import { kindOfFile } from "../kinds.ts";

/** The icon format of old: browsers draw it, the picture library does not read it. */
export const iconType = "image/x-icon";

/** How many first bytes tell what a picture is. */
export const headBytes = 32;

/** What a picture is by its first bytes; null for what is none, drawings in SVG among them. */
export function pictureTypeOf(head: Uint8Array): string | null {
  const [zero, reserved, kind, kindHigh, count, countHigh] = head;
  const isIcon = zero === 0 && reserved === 0 && kind === 1 && kindHigh === 0 && countHigh === 0 && count! > 0 && count! <= 64;
  if (isIcon && head.length > 22) return iconType;
  const found = kindOfFile(head);
  return found?.group === "image" ? found.type : null;
}
