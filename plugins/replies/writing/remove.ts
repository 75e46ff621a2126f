import { settle } from "../delivery/settle.ts";
import type { Own } from "../own.ts";
import { changeWords } from "../rows/change.ts";
import type { ReplyRow } from "../rows/reply-row.ts";
import { theirs } from "./edit.ts";

/** Takes a reply away, wherever it went: its words at once, what stands elsewhere by a job if it cannot be done now. */
export async function remove(context: Own, accountId: string, which: string | number): Promise<void> {
  await removeRow(context, await theirs(context, accountId, which));
}

/** The same for one that is known. Its address stays, and says that it is gone. */
export async function removeRow(context: Own, row: ReplyRow): Promise<void> {
  await changeWords(
    context,
    { id: row.id },
    {
      state: "removed",
      source: "",
      html: "",
      words: "",
      // The same words may be said again at once.
      once: row.id,
      removed_at: context.clock.now().toISOString(),
    },
  );
  await settle(context, row);
}
