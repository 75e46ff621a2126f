import type { Command } from "../command.ts";

export const command: Command = {
  summary: "Runs the web server alone; rookery worker works on the jobs.",
  usage: ["web"],
  // Loaded only now: --help needs no server.
  run: async (_typed, console) => (await import("../serve.ts")).serve("web", console),
};
