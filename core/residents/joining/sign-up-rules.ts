import { stamp } from "../../clock.ts";
import { upsert } from "../../storage/rows.ts";
import type { Storage, Transaction } from "../../storage/storage.ts";

/** Who may make an account by themselves: everybody, those an admin lets in, those with an invitation, nobody. */
export const signUpModes = ["open", "approval", "invite", "closed"] as const;
export type SignUpMode = (typeof signUpModes)[number];

/** How people join this installation. */
export type SignUpRules = {
  readonly mode: SignUpMode;
  /** How many open invitations each member may have; admins have no limit. */
  readonly invitationsEach: number;
  /** How many blogs each member may have in all. */
  readonly blogsEach: number;
};

const names = { mode: "sign-up.mode", invitationsEach: "sign-up.invitations-each", blogsEach: "sign-up.blogs-each" } as const;

/** The rules as they are stored; an installation begins closed, with one blog each. */
export async function signUpRules(storage: Pick<Storage, "query">): Promise<SignUpRules> {
  const rows = await storage.query("SELECT name, value FROM site_settings WHERE name IN (?, ?, ?)", Object.values(names));
  const stored = new Map(rows.map((row) => [String(row.name), JSON.parse(String(row.value)) as unknown]));
  const mode = stored.get(names.mode);
  return {
    mode: signUpModes.find((one) => one === mode) ?? "closed",
    invitationsEach: countOf(stored.get(names.invitationsEach), 0),
    blogsEach: countOf(stored.get(names.blogsEach), 1),
  };
}

/** Stores other rules. */
export async function setSignUpRules(db: Transaction, rules: SignUpRules, now: Date): Promise<void> {
  for (const [key, name] of Object.entries(names) as [keyof typeof names, string][])
    await upsert(db, "site_settings", { name, value: JSON.stringify(rules[key]), updated_at: stamp(now) }, ["name"]);
}

/** What was typed as a number of invitations or blogs; null when it is none from 0 to 100. */
export function countFrom(text: string): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) <= 100 ? Number(text) : null;
}

const countOf = (value: unknown, usual: number): number => (typeof value === "number" ? value : usual);
