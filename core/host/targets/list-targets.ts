import type { Scope } from "../../hooks/scope.ts";
import type { Post } from "../../hooks/values.ts";
import type { Context } from "../context.types.ts";
import type { Generation } from "../generation.ts";
import type { GuardedResult } from "../guarded.ts";
import type { Plugin } from "../manifest.ts";
import { targetParts } from "../../posts/targets/target-rows.ts";
import type { CopyPreview, CopyRule, CopyTarget, TargetService } from "./target-service.types.ts";

/** A target as the composer names it: `plugin/account`. */
export type ListedTarget = CopyTarget & { readonly pluginId: string; readonly uid: string };

const quick = 2_000;

/** The targets of every plugin that is active on the scope's blog; a plugin that fails gives none. */
export async function listTargets(scope: Scope): Promise<readonly ListedTarget[]> {
  const lists = await Promise.all(
    pluginsWithTargets(scope).map(async (plugin) => {
      const found = await askService(scope, plugin, { name: "targets", limit: quick, ask: (service) => service.targets() });
      if (!found.ok) return [];
      return found.value.flatMap((target) => {
        const uid = `${plugin.id}/${target.id}`;
        return targetParts(uid) ? [{ ...target, pluginId: plugin.id, uid }] : [];
      });
    }),
  );
  return lists.flat().slice(0, 50);
}

/** What a target's own rules say of a post; off, without a reason, when its plugin cannot say. */
export async function ruleOf(scope: Scope, target: ListedTarget, post: Post): Promise<CopyRule> {
  const ask = (service: TargetService) => service.rule(target.id, post);
  const found = await askTarget(scope, target, { name: "rule of a target", limit: quick, ask });
  return found?.ok ? found.value : { isOn: false };
}

/** What a target would show of a post; null when its plugin cannot say. */
export async function previewOf(scope: Scope, target: ListedTarget, post: Post, text?: string): Promise<CopyPreview | null> {
  const ask = (service: TargetService) => service.preview(target.id, post, text);
  const found = await askTarget(scope, target, { name: "preview for a target", limit: quick, ask });
  return found?.ok ? found.value : null;
}

/** One question to the service of a plugin, with a context of its own, guarded. Null when the plugin is not active here. */
export async function askTarget<T>(
  scope: Scope,
  { pluginId }: { readonly pluginId: string },
  question: Question<T>,
): Promise<GuardedResult<T> | null> {
  const plugin = pluginsWithTargets(scope).find(({ id }) => id === pluginId);
  return plugin ? askService(scope, plugin, question) : null;
}

type Question<T> = {
  readonly name: string;
  readonly limit: number;
  readonly ask: (service: TargetService) => T | Promise<T>;
};

function askService<T>(scope: Scope, plugin: Plugin, { name, limit, ask }: Question<T>): Promise<GuardedResult<T>> {
  const generation = scope.taps as Generation;
  const work = (context: Context) => ask(plugin.services!.target!(() => context));
  return generation.run(scope, plugin, { name, limit, work });
}

// Safe mode and tests of the core have no generation, and nothing to send to.
function pluginsWithTargets(scope: Scope): readonly Plugin[] {
  const generation = scope.taps as Partial<Generation>;
  if (!generation.plugins) return [];
  const all = [...generation.plugins.values()].map(({ plugin }) => plugin);
  return all.filter((plugin) => plugin.services?.target && (scope.taps as Generation).isActive(plugin.id, scope.blog));
}
