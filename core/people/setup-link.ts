import type { Storage } from "../storage/storage.ts";
import { hasAdmin } from "./accounts.ts";
import { createLink, forgetLinks } from "./one-time-links.ts";

const week = 7 * 24 * 3600;

/** The address that opens the setup wizard, printed at the start; older ones stop working. Null once there is an admin. */
export async function setupLink(storage: Storage, hubUrl: string, now: Date): Promise<string | null> {
  if (await hasAdmin(storage)) return null;
  const token = await storage.write(async (db) => {
    await forgetLinks(db, "setup");
    return createLink(db, { purpose: "setup", data: {}, seconds: week }, now);
  });
  return new URL(`/setup?token=${token}`, hubUrl).href;
}
