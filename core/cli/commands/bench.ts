import { existsSync } from "node:fs";
import { PublicError } from "../../errors.ts";
import type { Command } from "../command.ts";

export const command: Command = {
  summary: "Runs the benchmarks; see docs.",
  usage: ["bench [NAME …] [--json] [--quick] [--install]"],
  options: { json: { type: "boolean" }, quick: { type: "boolean" }, install: { type: "boolean" } },
  async run(typed) {
    const suite = new URL("../../../test/bench/index.ts", import.meta.url);
    if (!existsSync(suite)) {
      throw new PublicError(
        "bench.missing",
        "The benchmarks lie in test/bench, which this copy lacks: run them from a clone of the repository.",
      );
    }
    const { runBench } = (await import(suite.href)) as { runBench(parameters: readonly string[]): Promise<number> };
    return runBench([...typed.words, ...["json", "quick", "install"].flatMap((name) => (typed.is(name) ? [`--${name}`] : []))]);
  },
};
