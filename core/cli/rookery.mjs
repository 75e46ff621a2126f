#!/usr/bin/env node
// The command `rookery`. Runs on any Node from 20 on: it hands over to the pinned Node when this is another one.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { missingFlags } from "./serving-flags.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const pinned = join(root, "node_modules/node/bin/node");
const canRun = Number(process.versions.node.split(".")[0]) >= 26;

const script = fileURLToPath(import.meta.url);
const flags = missingFlags(process.argv.slice(2), process);

if (canRun) {
  beginAgainWithFlags();
  // Compiled code of an earlier start: saves most of the time that reading and stripping TypeScript takes.
  module.enableCompileCache?.(join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "rookery", "compiled"));
  const { main } = await import("./main.ts");
  await main(process.argv.slice(2));
} else if (existsSync(pinned)) {
  handOver();
} else {
  const { install } = await import("./install.mjs");
  const failure = install(root, "run");
  if (failure) {
    console.error(failure);
    process.exitCode = 1;
  } else handOver();
}

// The same process with the same number, 30 ms later. Where the system has no exec (Windows), it goes on without the flags.
function beginAgainWithFlags() {
  if (flags.length === 0 || process.platform === "win32" || !process.execve || process.channel) return;
  const parameters = [process.execPath, ...process.execArgv, ...flags, script, ...process.argv.slice(2)];
  process.execve(process.execPath, parameters, process.env);
}

function handOver() {
  const child = spawn(pinned, [...flags, script, ...process.argv.slice(2)], { stdio: "inherit" });
  const pass = (signal) => child.kill(signal);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, pass);
  child.on("exit", (code, signal) => {
    for (const one of ["SIGTERM", "SIGINT", "SIGHUP"]) process.off(one, pass);
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code ?? 1;
  });
}
