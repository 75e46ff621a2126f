import { entries, write, type Entry } from "./journal.ts";

/** The latest text on this device that the server does not have; what it has turns out to be sent, and is noted so. */
export async function unsent(isMeant: (entry: Entry) => boolean): Promise<Entry | null> {
  for (const entry of (await entries()).filter((one) => !one.isSettled && isMeant(one))) {
    if (!(await isOnServer(entry))) return entry;
    await write({ ...entry, isSettled: true });
  }
  return null;
}

async function isOnServer(entry: Entry): Promise<boolean> {
  // Most of what is asked about was never sent: that is no error, and none to stand in the console.
  const address = `/b/${entry.blog}/drafts/${entry.id || entry.draftKey}?or=nothing`;
  const answer = await fetch(address, { headers: { accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return false;
  const stored = (await answer.json()) as { name: string; content: string } | null;
  if (!stored) return false;
  const { name, content } = stored;
  return content.trimEnd() === (entry.fields.content?.[0] ?? "").trimEnd() && name === (entry.fields.name?.[0] ?? "").trim();
}
