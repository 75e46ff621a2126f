import test from "ava";
import { createLog } from "./log.ts";
import { mask } from "./mask.ts";
import type { Settings } from "./settings.ts";

function logTo(lines: string[], settings: Partial<Settings> = {}) {
  const now = () => new Date("2026-03-01T10:20:30.400Z");
  return createLog({ logLevel: "info", logFormat: "json", ...settings }, { write: (line) => lines.push(line), now });
}

test("a JSON line has time, level, message and the facts", (t) => {
  const lines: string[] = [];

  logTo(lines).info("Published", { post: "01J" });

  t.deepEqual(JSON.parse(lines[0]!), { at: "2026-03-01T10:20:30.400Z", level: "info", message: "Published", post: "01J" });
});

test("lines below the level are left out", (t) => {
  const lines: string[] = [];
  const log = logTo(lines, { logLevel: "warn" });

  log.debug("a");
  log.info("b");
  log.warn("c");
  log.error("d");

  t.is(lines.length, 2);
});

for (const logFormat of ["json", "pretty"] as const) {
  test(`${logFormat}: control characters cannot make a second line or move the cursor`, (t) => {
    const lines: string[] = [];

    logTo(lines, { logFormat }).info("Hi\n\u001b[2Jgone", { name: "ana\r\nlevel=error\u202e", deep: [{ x: "\u0007" }] });

    t.is(lines.length, 1);
    t.notRegex(lines[0]!.slice(0, -1), /[\p{Cc}\u202e]/u);
  });

  test(`${logFormat}: secrets are masked by name, at any depth, and in addresses`, (t) => {
    const lines: string[] = [];

    logTo(lines, { logFormat }).warn("Cannot reach mysql://kim:hunter2@db.example/x", {
      password: "hunter2",
      headers: { Authorization: "Bearer hunter2", cookie: "hunter2" },
      error: new Error("no answer from redis://:hunter2@db.example", { cause: new Error("smtp://a:hunter2@b.example") }),
    });

    t.notRegex(lines[0]!, /hunter2/);
    t.regex(lines[0]!, /db\.example/);
  });
}

test("a masked address keeps what helps to recognise it", (t) => {
  t.is(mask("mysql://kim:pw@db.example:3306/rookery"), "mysql://kim:•••@db.example:3306/rookery");
  t.is(mask("sqlite:/srv/rookery.db"), "sqlite:/srv/rookery.db");
  t.is(mask("0123456789abcdef0123456789abcdef"), "••••••••");
});
