import type { Command } from "../command.ts";

export const command: Command = {
  summary: "Works on jobs alone; rookery web serves the pages.",
  usage: ["worker"],
  // Loaded only now: --help needs no server.
  run: async (_typed, console) => (await import("../serve.ts")).serve("worker", console),
};
