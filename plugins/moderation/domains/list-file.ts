import { PublicError } from "rookery/plugin";
import type { Own } from "../settings.ts";
import { blockedHosts, blockHost, hostFrom } from "./domains.ts";

const most = 5_000;

/** All blocked hosts, one a line. */
export async function exportHosts(context: Own): Promise<string> {
  const lines: string[] = [];
  for (let after = ""; ;) {
    const some = await blockedHosts(context, after, 1_000);
    lines.push(...some.map(({ host }) => host));
    if (some.length < 1_000) return lines.map((line) => `${line}\n`).join("");
    after = some.at(-1)!.host;
  }
}

/**
 * Blocks the hosts of a list: one a line, or the first column of a CSV file as Mastodon exports it; lines with # are words. Gives how
 * many were new, and how many lines were no host that can be blocked.
 */
export async function importHosts(
  context: Own,
  { list, reason, by }: { readonly list: string; readonly reason: string; readonly by: string },
): Promise<{ readonly added: number; readonly wrong: number }> {
  const lines = list
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !/^#(?!domain)|^#?domain\b/i.test(line));
  if (lines.length > most) throw new PublicError("long-list", "A list has 5,000 lines at most.", 422);
  let [added, wrong] = [0, 0];
  for (const line of lines) {
    const host = hostFrom(line.split(",")[0]!.replace(/^"|"$/g, ""));
    const isNew = host ? await blockHost(context, { host, reason, by }).catch(refusal) : null;
    if (isNew === null) wrong++;
    else if (isNew) added++;
  }
  await context.audit({ action: "domains-imported", subject: String(added), accountId: by, detail: { added, wrong } });
  return { added, wrong };
}

function refusal(error: unknown): null {
  if (error instanceof PublicError) return null;
  throw error;
}
