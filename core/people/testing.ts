import type { Account } from "../hooks/values.ts";
import type { Storage } from "../storage/storage.ts";
import { createAccount } from "./accounts.ts";
import type { Person } from "./person.ts";

/** The moment at which people's tests begin. */
export const morning = new Date("2026-05-01T09:00:00.000Z");

/** A moment so many seconds after the tests' morning. */
export function later(seconds: number): Date {
  return new Date(morning.getTime() + seconds * 1000);
}

/** Makes kim, lee or ana without a password. */
export function makePerson(storage: Storage, username: string, role: Account["role"] = "member"): Promise<Person> {
  return storage.write((db) =>
    createAccount(db, { username, email: `${username}@mail.example`, passwordHash: null, role }, morning),
  );
}
