import type { Command } from "../command.ts";

export const command: Command = {
  summary: "Runs web and worker in one process.",
  usage: ["start"],
  // Loaded only now: --help needs no server.
  run: async (_typed, console) => (await import("../serve.ts")).serve("start", console),
};
