import test from "ava";
import { isStorageAway } from "./storage-trouble.ts";

const error = (facts: object) => Object.assign(new Error("x"), facts);

for (const [name, given, wanted] of [
  ["a full disk under SQLite", error({ code: "ERR_SQLITE_ERROR", errcode: 13 }), true],
  ["an extended read-only code", error({ code: "ERR_SQLITE_ERROR", errcode: 8 | (4 << 8) }), true],
  ["a broken constraint under SQLite", error({ code: "ERR_SQLITE_ERROR", errcode: 19 }), false],
  ["a killed connection", error({ code: "PROTOCOL_CONNECTION_LOST", fatal: true }), true],
  ["a connection the server reset", error({ code: "ECONNRESET", fatal: true }), true],
  ["a reader who went away", error({ code: "ECONNRESET" }), false],
  ["a duplicate", error({ code: "ER_DUP_ENTRY" }), false],
  ["a cause that is one", new Error("wrapped", { cause: error({ code: "ER_SERVER_SHUTDOWN" }) }), true],
  ["nothing", undefined, false],
] as const) {
  test(`${name} means ${wanted ? "the database is away" : "something else"}`, (t) => t.is(isStorageAway(given), wanted));
}
