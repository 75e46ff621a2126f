const [minute, day] = [60_000, 86_400_000];
const names = ["retry-after", "x-ratelimit-reset", "x-rate-limit-reset", "ratelimit-reset"] as const;

/**
 * When a server that had too many requests wants to be asked again, however it says so: `Retry-After` (seconds or a date, RFC 9110
 * §10.2.3), or when its count begins anew, as a date, as seconds or milliseconds since 1970, or as seconds from now. At most a day
 * away; five minutes where it does not say, or says what has long passed.
 */
export function retryAt(headers: Headers, now: Date): string {
  const present = now.getTime();
  const moments = names.flatMap((name) => momentIn(headers.get(name) ?? "", present) ?? []);
  const at = moments.find((one) => one > present - minute) ?? present + 5 * minute;
  return new Date(Math.min(Math.max(at, present), present + day)).toISOString();
}

function momentIn(text: string, now: number): number | null {
  const given = text.trim();
  if (/^\d+(\.\d+)?$/.test(given)) {
    const number = Number(given);
    // Nobody asks to wait for ten years, and no moment lies in 1973.
    return number < 1e8 ? now + number * 1000 : number < 1e11 ? number * 1000 : number;
  }
  const at = Date.parse(given);
  return Number.isNaN(at) ? null : at;
}
