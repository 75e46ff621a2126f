/** A callback with more parameters behind its own, which stay byte for byte as the subscriber wrote them. */
export function withQuery(callback: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString();
  return `${callback}${callback.includes("?") ? (/[?&]$/.test(callback) ? "" : "&") : "?"}${query}`;
}
