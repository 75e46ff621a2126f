import { existsSync } from "node:fs";
import { PublicError } from "../../errors.ts";
import type { Command } from "../command.ts";

export const command: Command = {
  summary: "Runs the benchmarks; see docs.",
  usage: ["bench [NAME …]"],
  async run(typed) {
    const suite = new URL("../../../test/bench/index.ts", import.meta.url);
    if (!existsSync(suite)) {
      throw new PublicError(
        "bench.missing",
        "The benchmarks lie in test/bench, which this copy lacks: run them from a clone of the repository.",
      );
    }
    const { bench } = (await import(suite.href)) as { bench(names: readonly string[]): Promise<number | void> };
    return bench(typed.words);
  },
};
