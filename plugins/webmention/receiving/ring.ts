import type { Own } from "../settings.ts";

/** When the job was last asked for in this process, and when it will run at the latest. */
type Rung = { readonly last: number; readonly due: number };

const rung = new Map<string, Rung>();
const [apart, most] = [1_000, 10_000];

/**
 * Has what waits looked at: at once, and in a burst a second later for all that came meanwhile. Call it after the row is stored: the
 * job that is due after now sees it, so no other has to be written.
 */
export async function ring(context: Own): Promise<void> {
  const now = context.clock.now().getTime();
  const before = rung.get(context.blog.id);
  if (before && before.due > now && before.due <= now + apart) return;
  const isBurst = before !== undefined && now >= before.last && now - before.last < apart;
  if (rung.size >= most) rung.clear();
  rung.set(context.blog.id, { last: now, due: isBurst ? now + apart : now });
  await context.enqueue("verify", null, { key: "verify", ...(isBurst && { in: { milliseconds: apart } }) });
}
