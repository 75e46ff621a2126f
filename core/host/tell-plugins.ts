import type { HookName, ValueOf } from "../hooks/catalogue.ts";
import type { Scope } from "../hooks/scope.ts";

/** What happens to plugins themselves, told on each blog it concerns. */
export type PluginEvent = Extract<HookName, `plugin.${string}`>;
/** What is said of it, but for the blog. */
export type AboutPlugin<N extends PluginEvent> = Omit<ValueOf<N>, "blog">;

/** Tells the plugins of each of these scopes' blogs that something happened to one of them. */
export async function tellPlugins<N extends PluginEvent>(
  scopes: readonly Scope[],
  name: N,
  about: AboutPlugin<N>,
): Promise<void> {
  for (const scope of scopes) await scope.taps.event(scope, name, { ...about, blog: scope.blog } as unknown as ValueOf<N>);
}
