/** A moment as feed readers write it: `2026-02-03T01:00:19.000000Z`. */
export const finely = (moment: string): string => `${new Date(moment).toISOString().slice(0, -1)}000Z`;

/** The moment an app names as `since`, to the millisecond; null for none or nonsense. */
export function momentIn(text: string | null): string | null {
  const said = text?.trim() ?? "";
  const time = /^\d{4}-\d\d/.test(said) ? Date.parse(said) : Number.NaN;
  const isUsable = !Number.isNaN(time) && time > 0 && time < 8_000_000_000_000;
  return isUsable ? new Date(time).toISOString() : null;
}
