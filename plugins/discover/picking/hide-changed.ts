import type { Context } from "rookery/plugin";
import type { Pick } from "./picks.ts";

/** Takes a pick off until a curator has read what its post says now, and tells those who stood for it, if they curate still. */
export async function hideChanged(context: Context, pick: Pick): Promise<void> {
  await context.tables.run("UPDATE p_discover_picks SET state = 'changed' WHERE id = ? AND state = ?", [pick.id, pick.state]);
  for (const id of new Set([pick.pickedBy, pick.secondedBy])) {
    const curator = id === "" || id === pick.authorId ? null : await context.accounts.byId(id);
    if (curator && curator.role !== "member")
      await context.notify(id, {
        kind: "discover",
        key: "notice.changed",
        url: "/admin/discover?tab=picked",
        subject: `changed ${pick.id}`,
      });
  }
}
