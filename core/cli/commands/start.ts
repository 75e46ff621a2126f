import type { Command } from "../command.ts";

export const command: Command = {
  summary: "Runs web and worker in one process.",
  usage: ["start [--dev]"],
  // `--watched` is what the restarting parent of --dev passes to the process that serves.
  options: { dev: { type: "boolean" }, watched: { type: "boolean" } },
  // Loaded only now: --help needs no server.
  run: async (typed, console) => {
    if (typed.is("dev") && !typed.is("watched")) return (await import("../watch.ts")).serveWatched(console);
    return (await import("../serve.ts")).serve("start", console, { isDev: typed.is("dev") });
  },
};
