import type { Scope } from "../../hooks/scope.ts";
import type { Keeper } from "../../residents/export/export-file.ts";
import { askService } from "../ask-service.ts";
import type { Generation } from "../generation.ts";

const limit = 30 * 60_000;

type Kind = "account.export" | "blog.export";

/** The plugins that keep something of people or, on a blog, of that blog; in the order of their ids. */
export function keepersOf(scope: Scope, longest = limit): readonly Keeper[] {
  const generation = scope.taps as Generation;
  // Safe mode and tests of the core have no generation, and nothing that is kept.
  const all = [...((generation as Partial<Generation>).plugins?.values() ?? [])].map(({ plugin }) => plugin);
  const kind: Kind = scope.blog ? "blog.export" : "account.export";
  return all
    .filter((plugin) => plugin.services?.[kind] && generation.isActive(plugin.id, scope.blog))
    .map(({ id }) => keeperOf(scope, { name: kind, pluginId: id }, longest))
    .toSorted((a, b) => (a.pluginId < b.pluginId ? -1 : 1));
}

function keeperOf(scope: Scope, asked: { readonly name: Kind; readonly pluginId: string }, longest: number): Keeper {
  return {
    pluginId: asked.pluginId,
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
