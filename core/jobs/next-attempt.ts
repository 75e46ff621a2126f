/** When to try again after that many tries: 1, 5, 30 minutes, 2, then every 12 hours, each up to a fifth longer. */
export function nextAttempt(attempts: number, now: Date, random: () => number): Date {
  const minutes = [1, 5, 30, 120][attempts - 1] ?? 720;
  return new Date(now.getTime() + Math.round(minutes * 60_000 * (1 + random() / 5)));
}
