import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { readLetterFile, type ReadLetter } from "../../net/letter.ts";

/** A mail in the data folder, by the name of its file. */
export type KeptMail = ReadLetter & { readonly name: string; readonly sentAt: string };

const pattern = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-z]{26}\.eml$/;
const keptDays = 30;

/** The mails of a folder, the latest first, going on after a name; at most `limit`, and the name to go on after. */
export async function keptMails(
  folder: string,
  page: { before?: string; limit: number },
): Promise<{ mails: KeptMail[]; next: string | null }> {
  const names = (await namesIn(folder)).filter((name) => !page.before || name < page.before);
  const shown = names.slice(0, page.limit);
  const mails = await Promise.all(shown.map((name) => keptMail(folder, name)));
  return { mails: mails.filter((mail) => mail !== null), next: names.length > shown.length ? shown.at(-1)! : null };
}

/** One mail of the folder; null when there is none of this name. */
export async function keptMail(folder: string, name: string): Promise<KeptMail | null> {
  if (!pattern.test(name)) return null;
  try {
    return { name, sentAt: momentOf(name), ...readLetterFile(await readFile(join(folder, name), "utf8")) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Removes mails older than 30 days; gives how many. */
export async function sweepMailFolder(folder: string, now: Date): Promise<number> {
  const before = new Date(now.getTime() - keptDays * 24 * 3600_000).toISOString();
  const old = (await namesIn(folder)).filter((name) => momentOf(name) < before);
  for (const name of old) await rm(join(folder, name), { force: true });
  return old.length;
}

async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .filter((name) => pattern.test(name))
    .toSorted()
    .toReversed();
}

// 2026-05-01T09-00-00-000Z-… → 2026-05-01T09:00:00.000Z
function momentOf(name: string): string {
  return name.slice(0, 24).replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/, "T$1:$2:$3.$4Z");
}
