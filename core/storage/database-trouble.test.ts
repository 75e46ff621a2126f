import test from "ava";
import { databaseTrouble } from "./database-trouble.ts";

test("a password that is not percent-encoded is said to be that, not a damaged file", (t) => {
  const { message } = databaseTrouble("mysql://kim:50%off@db.example/rookery", new URIError("URI malformed"));

  t.regex(message, /%25/);
  t.notRegex(message, /SQLite|50%off/);
});
