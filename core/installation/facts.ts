import { stamp } from "../clock.ts";
import { upsert } from "../storage/rows.ts";
import type { Storage, Transaction } from "../storage/storage.ts";

/** What an admin decided for the whole installation, besides who joins and which plugins are on. */
export type InstallationFacts = {
  /** How it is called; empty is Rookery. */
  readonly name: string;
  /** Where people reach whoever runs it. */
  readonly contact: string;
  /** Of new blogs, unless their owner says otherwise. */
  readonly language: string;
  readonly timeZone: string;
  readonly theme: string;
  /** The most, for every blog. */
  readonly photosPerPost: number;
  /** Of a file, each kind's own, in millions of bytes; never above what the program takes. */
  readonly imageMegabytes: number;
  readonly audioMegabytes: number;
  readonly videoMegabytes: number;
};

/** Texts of the installation, as Markdown; empty is none. */
export const policyNames = ["terms", "privacy"] as const;
export type PolicyName = (typeof policyNames)[number];

/** The least and the most of every number that can be set. */
export const factRanges = {
  photosPerPost: [1, 50],
  imageMegabytes: [1, 20],
  audioMegabytes: [1, 500],
  videoMegabytes: [1, 50],
} as const;

const initial: InstallationFacts = {
  name: "",
  contact: "",
  language: "en",
  timeZone: "UTC",
  theme: "perch",
  photosPerPost: 50,
  imageMegabytes: 20,
  audioMegabytes: 200,
  videoMegabytes: 50,
};

const names = Object.keys(initial) as (keyof InstallationFacts)[];
const rowOf = (name: string): string => `installation.${name}`;

/** The facts as they are stored; what is missing or wrong is as in the beginning. */
export async function installationFacts(storage: Pick<Storage, "query">): Promise<InstallationFacts> {
  const places = names.map(() => "?").join(", ");
  const rows = await storage.query(`SELECT name, value FROM site_settings WHERE name IN (${places})`, names.map(rowOf));
  const stored = new Map(rows.map((row) => [String(row.name), JSON.parse(String(row.value)) as unknown]));
  return Object.fromEntries(names.map((name) => [name, sound(name, stored.get(rowOf(name)))])) as InstallationFacts;
}

function sound(name: keyof InstallationFacts, value: unknown): string | number {
  const usual = initial[name];
  if (typeof value !== typeof usual) return usual;
  if (typeof value !== "number") return value as string;
  const [least, most] = factRanges[name as keyof typeof factRanges];
  return Math.min(Math.max(value, least), most);
}

/** Stores some of them. */
export async function changeFacts(db: Transaction, change: Partial<InstallationFacts>, now: Date): Promise<void> {
  for (const [name, value] of Object.entries(change)) await store(db, name, value, now);
}

/** A text of the installation; empty when there is none. */
export async function policyText(storage: Pick<Storage, "query">, name: PolicyName): Promise<string> {
  const [row] = await storage.query("SELECT value FROM site_settings WHERE name = ?", [rowOf(name)]);
  const text: unknown = row && JSON.parse(String(row.value));
  return typeof text === "string" ? text : "";
}

/** Stores a text. */
export function changePolicy(db: Transaction, name: PolicyName, text: string, now: Date): Promise<void> {
  return store(db, name, text, now);
}

async function store(db: Transaction, name: string, value: string | number, now: Date): Promise<void> {
  const row = { name: rowOf(name), value: JSON.stringify(value), updated_at: stamp(now) };
  await upsert(db, "site_settings", row, ["name"]);
}
