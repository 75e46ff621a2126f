import type { HubRow, Own } from "../rows.ts";
import { forgetHub } from "./keys.ts";
import { denied } from "./subscribe.ts";

const day = 86_400_000;

/** Renews promises of hubs of which four fifths are over, asks those again that said no a week ago, and forgets those that were left. */
export async function renewLeases(context: Own): Promise<void> {
  const { tables, clock } = context;
  for (;;) {
    context.signal.throwIfAborted();
    const now = clock.now();
    const due = await tables.query<HubRow>("SELECT * FROM p_sources_hubs WHERE turn_at <= ? ORDER BY turn_at LIMIT 100", [
      now.toISOString(),
    ]);
    for (const row of due) {
      if (row.state === "leaving") await forgetHub(context, row.id);
      // It took the wish and never asked whether we mean it.
      else if (row.state === "asked") await denied(context, row);
      else {
        await tables.run("UPDATE p_sources_hubs SET state = ?, attempts = 0, turn_at = ? WHERE id = ?", [
          row.lease_ends !== null && row.lease_ends > now.toISOString() ? "active" : "asked",
          new Date(now.getTime() + day).toISOString(),
          row.id,
        ]);
        await context.enqueue("subscribe", { hubId: row.id }, { key: `subscribe ${row.id}` });
      }
    }
    if (due.length < 100) return;
  }
}
