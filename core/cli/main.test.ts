import test from "ava";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Console } from "./command.ts";
import { commandNames, runCommand } from "./main.ts";

function terminal(t: { teardown(work: () => unknown): void }, env: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), "rookery-cli-"));
  t.teardown(() => rmSync(cwd, { recursive: true, force: true }));
  const out: string[] = [];
  const err: string[] = [];
  const console: Console = {
    env,
    cwd,
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    input: async () => "",
    isTty: false,
  };
  return { console, out, err };
}

for (const name of commandNames) {
  test(`${name} --help says how it is called`, async (t) => {
    const { console, out } = terminal(t);

    t.is(await runCommand([name, "--help"], console), 0);

    t.true(out.some((line) => line.includes(`rookery ${name}`)));
  });

  test(`${name} with an option that is not its own is wrong usage`, async (t) => {
    const { console, err } = terminal(t);

    t.is(await runCommand([name, "--no-such-option"], console), 2);

    t.is(err.length, 1);
    t.regex(err[0]!, /--no-such-option/);
  });
}

test("an unknown command is wrong usage, explained in one line", async (t) => {
  const { console, err } = terminal(t);

  t.is(await runCommand(["frobnicate"], console), 2);

  t.is(err.length, 1);
});

test("a wrong setting ends a command with 1 and one sentence", async (t) => {
  const { console, err } = terminal(t, { ROOKERY_PROT: "1" });

  t.is(await runCommand(["doctor"], console), 1);

  t.is(err.length, 1);
  t.regex(err[0]!, /ROOKERY_PORT/);
});

test("doctor shows every setting and never a password", async (t) => {
  const { console, out } = terminal(t, {
    DATABASE_URL: "mysql://kim:hunter2@127.0.0.1:1/rookery",
    REDIS_URL: "redis://:hunter2@127.0.0.1:1",
  });

  t.is(await runCommand(["doctor"], console), 1);

  t.true(out.includes("DATABASE_URL=mysql://kim:•••@127.0.0.1:1/rookery (environment)"));
  t.true(out.some((line) => /^error database: .*nothing answers/.test(line)));
  t.true(out.some((line) => line.startsWith("error redis")));
  t.notRegex(out.join("\n"), /hunter2/);
});

test("migrate, doctor, backup and restore work on one installation after another", async (t) => {
  const { console, out } = terminal(t);

  t.is(await runCommand(["migrate"], console), 0);
  t.is(await runCommand(["migrate"], console), 0);
  t.is(out.at(-1), "The database is up to date.");
  t.is(await runCommand(["doctor"], console), 0);
  t.is(await runCommand(["backup", "all.tar"], console), 0);
  t.is(await runCommand(["restore", "all.tar"], console), 1);
  t.is(await runCommand(["restore", "all.tar"], { ...console, env: { ROOKERY_DATA: "other" } }), 0);
  t.regex(out.at(-1)!, /compared and found whole/);
});
