import type { Scope } from "../../hooks/scope.ts";
import type { Keeper } from "../../residents/export/export-file.ts";
import { askService } from "../ask-service.ts";
import type { Generation } from "../generation.ts";

const limit = 30 * 60_000;

/** The plugins that keep something of people, in the order of their ids, asked on the hub. */
export function keepersOf(scope: Scope, longest = limit): readonly Keeper[] {
  // Safe mode and tests of the core have no generation, and nothing that is kept.
  const { plugins } = scope.taps as Partial<Generation>;
  const all = [...(plugins?.values() ?? [])].filter(({ plugin }) => plugin.services?.["account.export"]);
  const hub = { ...scope, blog: null };
  return all.map(({ plugin }) => keeperOf(hub, plugin.id, longest)).toSorted((a, b) => (a.pluginId < b.pluginId ? -1 : 1));
}

function keeperOf(scope: Scope, pluginId: string, longest: number): Keeper {
  const asked = { name: "account.export", pluginId } as const;
  return {
    pluginId,
    async about(language) {
      try {
        const said: unknown = await askService(scope, { ...asked, question: (service) => service.about(language) });
        return typeof said === "string" ? said.slice(0, 1_000).replace(/\s+/g, " ") : "";
      } catch {
        // The guard has noted it; the files say enough.
        return "";
      }
    },
    async files(person, write, signal) {
      const over = new AbortController();
      const stopped = AbortSignal.any([signal, over.signal]);
      let writing = Promise.resolve();
      try {
        const question = (service: { files: (of: typeof person) => Parameters<typeof write>[0] }) =>
          (writing = write(service.files(person), stopped));
        await askService(scope, { ...asked, limit: longest, question });
      } catch (error) {
        over.abort(error);
        // Nothing else may be written while this still writes.
        await writing.catch(() => undefined);
        throw error;
      }
    },
  };
}
