import { PublicError, type Json } from "rookery/plugin";
import { waits } from "../bounds.ts";
import type { Own } from "../own.ts";
import { dueAgain, note } from "../rows/change.ts";
import { rowById, rowsWhere } from "../rows/find.ts";
import type { ReplyRow } from "../rows/reply-row.ts";
import { deliver } from "./deliver.ts";
import { withdraw } from "./withdraw.ts";

const handful = 100;
const most = 5;
const stuck = 3 * 3_600_000;

/**
 * Brings a reply, its change or its end to wherever it belongs: now if that works, else by a job, which is written down first. Twice
 * is once.
 */
export async function settle(context: Own, { id }: Pick<ReplyRow, "id">): Promise<void> {
  // A moment later, so that the job does not do the same work at the same time.
  await context.enqueue("settle", { id }, { key: `settle ${id}`, in: { seconds: 20 } });
  await work(context, id);
}

/** The job. */
export async function settleJob(data: Json, context: Own): Promise<void> {
  await work(context, String((data as { id?: string }).id ?? ""));
}

/** Puts what a crash left lying on its way again. */
export async function settleStuck(context: Own): Promise<void> {
  const before = new Date(context.clock.now().getTime() - stuck).toISOString();
  const rows = await rowsWhere(context, `is_due = 1 AND updated_at < ? ORDER BY updated_at LIMIT ${handful}`, [before]);
  for (const { id } of rows) await context.enqueue("settle", { id }, { key: `settle ${id}` });
}

async function work(context: Own, id: string): Promise<void> {
  // Changed while it was on its way: what was just brought may have come after what is newer, so the newest is brought once more.
  for (let tries = 0; tries < most; tries++) {
    const row = await rowById(context, id);
    if (!row || (!row.isDue && tries === 0)) return;
    if (await isBrought(context, row)) return;
    await dueAgain(context, row);
  }
  await context.enqueue("settle", { id }, { key: `settle ${id}`, in: { seconds: 5 } });
}

// False when the words were changed meanwhile.
async function isBrought(context: Own, row: ReplyRow): Promise<boolean> {
  try {
    const change = row.state === "removed" ? await withdraw(context, row) : await deliver(context, row);
    return await note(context, row, { ...change, is_due: 0 });
  } catch (error) {
    await failed(context, row, error);
    return true;
  }
}

async function failed(context: Own, row: ReplyRow, error: unknown): Promise<void> {
  const isRemoved = row.state === "removed";
  // What is refused stays refused until somebody tries it again.
  if (error instanceof PublicError && error.status < 500 && error.status !== 429)
    return void (await note(context, row, { is_due: 0, ...(!isRemoved && { state: "failed", reason: reasonOf(error) }) }));
  context.log.warn("a reply could not be delivered", { id: row.id, error: String(error) });
  const wait = waits[row.attempts];
  if (wait === undefined)
    return void (await note(context, row, { is_due: 0, ...(!isRemoved && { state: "failed", reason: "unreachable" }) }));
  if (await note(context, row, { attempts: row.attempts + 1 }))
    await context.enqueue("settle", { id: row.id }, { key: `settle ${row.id}`, in: { seconds: wait } });
}

const reasonOf = ({ key }: PublicError): string => (key === "refused" || key === "gone" ? key : "not-possible");
