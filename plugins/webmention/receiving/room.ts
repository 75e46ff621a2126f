import { PublicError } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { waitingFor } from "./received.ts";

const [mostWaiting, patience, holds, mostPosts] = [1_000, 60, 1_000, 10_000] as const;

/** How many more of a post this process may take before it counts again. */
const rooms = new Map<string, { left: number; readonly until: number }>();

/**
 * So many of one post wait to be looked at, whoever sends them: the answer of a flood is a moment's patience, PublicError 429. In a
 * burst they are counted once a second: to count up to a thousand for each of a thousand costs more than to store them.
 */
export async function mustHaveRoom(context: Own, postId: string): Promise<void> {
  const now = context.clock.now().getTime();
  const known = rooms.get(postId);
  if (known && known.left > 0 && now < known.until) return void known.left--;
  const left = mostWaiting - (await waitingFor(context, postId, mostWaiting));
  if (left <= 0)
    throw new PublicError("webmention.too-many", context.t("refuse.too-many", { seconds: patience }), 429, { wait: patience });
  if (rooms.size >= mostPosts) rooms.clear();
  rooms.set(postId, { left: left - 1, until: now + holds });
}
