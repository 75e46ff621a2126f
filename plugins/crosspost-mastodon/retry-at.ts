const day = 86_400_000;

/**
 * When a server that had too many requests wants to be asked again, by `Retry-After` (seconds or a date, RFC 9110 §10.2.3) or
 * `X-RateLimit-Reset` (a date, or seconds since 1970). At most a day away; five minutes where it does not say.
 */
export function retryAt(headers: Headers, now: Date): string {
  const [after, reset] = [headers.get("retry-after") ?? "", headers.get("x-ratelimit-reset") ?? ""];
  const at = /^\d{1,9}$/.test(after) ? now.getTime() + Number(after) * 1000 : (momentIn(after) ?? momentIn(reset) ?? NaN);
  const isUsable = at > now.getTime() - 60_000;
  return new Date(isUsable ? Math.min(Math.max(at, now.getTime()), now.getTime() + day) : now.getTime() + 300_000).toISOString();
}

function momentIn(text: string): number | null {
  const at = /^\d{9,11}$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
