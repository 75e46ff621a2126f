import test from "ava";
import { databases, openTestStorage } from "../storage/testing.ts";
import { forgiveAttempts, takeAttempt } from "./attempts.ts";

const now = new Date("2026-11-01T12:00:00Z");
const allowance = { size: 3, seconds: 60 };

for (const dialect of databases)
  test(`many who try for the first time at once do not stand in each other's way (${dialect})`, async (t) => {
    const storage = await openTestStorage(t, dialect);
    const tryIt = async (at: number) => {
      const wait = await storage.write((db) =>
        takeAttempt(db, { [`who ${at}`]: allowance, [`from ${at % 20}`]: allowance }, now),
      );
      await storage.write((db) => forgiveAttempts(db, `who ${at}`));
      return wait;
    };
    for (let turn = 0; turn < 3; turn++)
      t.deepEqual([...new Set(await Promise.all(Array.from({ length: 20 }, (_, at) => tryIt(at))))], [0]);

    // Each left what it took.
    t.is(await storage.write((db) => takeAttempt(db, { "from 0": allowance }, now)), 20);
  });
