/** A length of time as people write it: `4:05`, `1:02:03`. Empty for what is none. */
export function durationText(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds) || seconds < 0) return "";
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The same for machines (ISO 8601): `PT62M3S`. */
export const isoDuration = (seconds: number): string => `PT${Math.floor(Math.round(seconds) / 60)}M${Math.round(seconds) % 60}S`;
