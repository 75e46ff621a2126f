import { PublicError, sentenceOf } from "../errors.ts";
import type { Blog } from "../hooks/values.ts";
import type { ContextMaker } from "./context.ts";
import type { Generation } from "./generation.ts";
import type { Guard } from "./guarded.ts";
import type { Plugin } from "./manifest.ts";
import type { HostOptions } from "./plugin-host.ts";

type Step = "install" | "upgrade" | "activate" | "deactivate" | "erase";
type Parts = {
  readonly guard: Guard;
  readonly contexts: ContextMaker;
  readonly options: Pick<HostOptions, "log" | "blogs" | "scopeOn">;
  readonly current: () => Generation;
};

/** Runs what plugins do when they come, change and go. */
export class Lifecycle {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Runs one step where it belongs: for the installation, for one blog, or for each. What fails in `install` and `upgrade` is thrown. */
  async run(plugin: Plugin, step: Step, { blog, from = "" }: { blog?: Blog | undefined; from?: string } = {}): Promise<void> {
    const work = plugin.lifecycle?.[step];
    if (!work) return;
    const { guard, contexts, options, current } = this.#parts;
    const perBlog = plugin.scope !== "network" && (step === "activate" || step === "deactivate" || step === "erase");
    const places: (Blog | null)[] = blog ? [blog] : perBlog ? [...(await options.blogs())] : [null];
    for (const place of places) {
      const scope = options.scopeOn(current(), place);
      const settings = await contexts.settings(plugin, place);
      const call = (signal: AbortSignal) => {
        const context = contexts.make(plugin, scope, settings, signal);
        return step === "upgrade"
          ? plugin.lifecycle!.upgrade!(from, context)
          : (work as (context: unknown) => Promise<void>)(context);
      };
      const result = await guard.call({ pluginId: plugin.id, part: step, limit: 30_000, log: options.log, work: call });
      if (!result.ok && (step === "install" || step === "upgrade"))
        throw new PublicError("plugin.lifecycle", `“${plugin.id}” could not be set up: ${sentenceOf(result.error)}`, 409, {
          id: plugin.id,
          why: sentenceOf(result.error),
        });
    }
  }
}
