import type { Own } from "../settings.ts";
import { receivedIn, type Received } from "./received.ts";

const [perHost, seen] = [2, 100];

/**
 * Those whose turn it is: the oldest, two of a site at most. Where few sites have all the oldest, others come before more of them, so
 * that a site that answers slowly, or sends very many, holds up its own only.
 */
export async function nextOnes(context: Own, { atLeast, atMost }: { atLeast: number; atMost: number }): Promise<Received[]> {
  const counts = new Map<string, number>();
  const isNext = ({ source }: Received) => {
    const host = URL.parse(source)?.hostname ?? "";
    counts.set(host, (counts.get(host) ?? 0) + 1);
    return counts.get(host)! <= perHost;
  };
  const oldest = await receivedIn(context, "waiting", { limit: seen });
  const chosen = oldest.filter(isNext);
  if (chosen.length < atLeast && oldest.length === seen) {
    const others = await receivedIn(context, "waiting", { limit: seen, notFrom: [...counts.keys()] });
    chosen.push(...others.filter(isNext));
  }
  return chosen.slice(0, atMost);
}
