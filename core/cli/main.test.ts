import test from "ava";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
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

test("--version and -v print the version, alone", async (t) => {
  const { console, out, err } = terminal(t);
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };

  t.is(await runCommand(["--version"], console), 0);
  t.is(await runCommand(["-v"], console), 0);

  t.deepEqual([out, err], [[version, version], []]);
});

for (const [typed, near] of [
  ["bakcup", "backup"],
  ["strat", "start"],
  ["blog lst", "list"],
  ["blog domain veryfy --blog kim.localhost", "verify"],
  ["post delte", "delete"],
  ["theme override remov --blog kim.localhost", "remove"],
  ["plugin enabel feeds", "enable"],
  ["account create --usrname kim", "--username"],
] as const)
  test(`“${typed}” is wrong usage, and the nearest there is is named`, async (t) => {
    const { console, err } = terminal(t);

    t.is(await runCommand(typed.split(" "), console), 2);

    t.is(err.length, 1);
    t.true(err[0]!.includes(`did you mean ${near}?`), err[0]);
  });

test("an unknown command is wrong usage, explained in one line", async (t) => {
  const { console, err } = terminal(t);

  t.is(await runCommand(["frobnicate"], console), 2);

  t.is(err.length, 1);
});

test("a word too many is wrong usage: half of a title without quotes, a second post to delete", async (t) => {
  const { console, err } = terminal(t);
  const calls = [
    ["init", "--title", "My", "blog", "--username", "kim", "--password-stdin"],
    ["post", "delete", "http://kim.localhost/1", "http://kim.localhost/2"],
    ["account", "suspend", "kim", "lee"],
    ["migrate", "now"],
    ["backup", "one.tar", "two.tar"],
  ];

  for (const call of calls) t.is(await runCommand(call, console), 2, call.join(" "));

  t.is(err.length, calls.length);
  t.true(err.every((line) => line.includes("one word too many")));
});

test("an option given twice is wrong usage, and so is one whose value is missing: one line each", async (t) => {
  const { console, err } = terminal(t);

  t.is(await runCommand(["post", "publish", "--photo", "a.jpg", "--photo", "b.jpg"], console), 2);
  t.is(await runCommand(["blog", "create", "--name", "-a"], console), 2);
  t.is(await runCommand(["post", "publish", "--blog", "kim.localhost", "--alt", "A heron"], console), 2);

  t.is(err.length, 3);
  t.true(err.every((line) => !line.includes("\n")));
});

test("what a terminal would act on is not repeated to it", async (t) => {
  const { console, err } = terminal(t);

  t.is(await runCommand(["x\u001b[31m"], console), 2);

  t.false(err[0]!.includes("\u001b"));
});

if (existsSync("/proc/self"))
  test("a data folder where none can be ends every command with 1 and one sentence", async (t) => {
    const { console, err } = terminal(t, { ROOKERY_DATA: "/proc/x" });
    const calls = ["migrate", "start", "blog list", "secret change", "theme new nest", "plugin new birds --into /proc/y"];
    calls.push("init --title T --username kim --password-stdin");

    for (const call of calls)
      t.is(await runCommand(call.split(" "), { ...console, input: async () => "correct horse battery" }), 1, call);

    t.is(err.length, calls.length);
    t.true(
      err.every((line) => /\/proc\/[xy]/.test(line)),
      err.join("\n"),
    );
  });

test("a backup to a place that cannot be written is refused in one sentence", async (t) => {
  const { console, err } = terminal(t);
  await runCommand(["migrate"], console);

  t.is(await runCommand(["backup", "missing/b.tar"], console), 1);
  t.is(await runCommand(["backup", "."], console), 1);

  t.is(err.length, 2);
  t.true(err.every((line) => line.startsWith("The backup cannot be written to ")));
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
