import { createHmac, timingSafeEqual } from "node:crypto";
import type { Own } from "../settings.ts";
import { pepper } from "./report.ts";

const [soonest, latest] = [3, 24 * 3_600];

/** The word a form carries: when it was made, signed. */
export async function formWord(context: Own): Promise<string> {
  const made = Math.floor(context.clock.now().getTime() / 1000).toString(36);
  return `${made}.${signed(await pepper(context), made)}`;
}

/** How long ago the form was made: `early` for programs that fill everything in at once, `stale` after a day or when forged. */
export async function ageOfForm(context: Own, word: string): Promise<"good" | "early" | "stale"> {
  const [, made, mark] = /^([0-9a-z]{1,10})\.([0-9a-f]{64})$/.exec(word) ?? [];
  if (!made || !mark) return "stale";
  if (!timingSafeEqual(Buffer.from(mark), Buffer.from(signed(await pepper(context), made)))) return "stale";
  const seconds = context.clock.now().getTime() / 1000 - Number.parseInt(made, 36);
  if (seconds > latest) return "stale";
  return seconds < soonest ? "early" : "good";
}

const signed = (key: string, made: string): string => createHmac("sha256", key).update(`form ${made}`).digest("hex");
