/** What an answer means for what was typed. */
export type Verdict = "saved" | "offline" | "signed-out" | "conflict" | "wait" | "refused";

const retries = [5_000, 15_000, 60_000] as const;

/** How long after which change the server hears of it: 2 seconds after the last, 10 after the first at the latest. */
export function delayFor(now: number, lastInput: number, firstUnsaved: number): number {
  return Math.max(0, Math.min(lastInput + 2_000, firstUnsaved + 10_000) - now);
}

/** How long to wait before trying again after so many failures in a row. */
export function retryDelay(failures: number): number {
  return retries[Math.min(failures, retries.length) - 1] ?? retries[0];
}

/** What the status of an answer means; 0 stands for no answer. */
export function verdictOf(status: number): Verdict {
  if (status === 200 || status === 201) return "saved";
  if (status === 401) return "signed-out";
  if (status === 409 || status === 412) return "conflict";
  if (status === 429) return "wait";
  return status === 0 || status >= 500 ? "offline" : "refused";
}
