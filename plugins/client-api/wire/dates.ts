/** RFC 3339 as apps read it: `2026-04-26T12:00:00+00:00`, with a numeric offset and no fraction. */
export function dated(moment: string): string {
  const time = Date.parse(moment);
  return `${new Date(Number.isNaN(time) ? 0 : time).toISOString().slice(0, 19)}+00:00`;
}

/** The same with milliseconds, as marks have it: `2026-09-29T05:00:00.000+00:00`. */
export function datedFinely(moment: string): string {
  const time = Date.parse(moment);
  return new Date(Number.isNaN(time) ? 0 : time).toISOString().replace("Z", "+00:00");
}

/** Unix seconds. */
export const seconds = (moment: string): number => Math.floor((Date.parse(moment) || 0) / 1000);
