import { PublicError } from "../../errors.ts";
import type { Scope } from "../../hooks/scope.ts";
import type { Json } from "../../hooks/values.ts";
import type { Context } from "../context.types.ts";
import type { GuardedResult } from "../guarded.ts";
import type { PluginHost } from "../plugin-host.ts";
import { checkSettings, settableFields } from "../save-settings.ts";
import type { SettingTestAnswer } from "./connection.types.ts";

/** What is tried out: of which plugin, with which values of a form, and the work itself. */
export type Trial<T> = {
  readonly pluginId: string;
  readonly values: Readonly<Record<string, Json>>;
  readonly name: string;
  /** Milliseconds it may take. */
  readonly limit: number;
  readonly work: (context: Context) => Promise<T>;
};

/**
 * Runs a part of a plugin that somebody is just setting up, on or not, with the values of the form where they are sound and
 * the stored ones otherwise. What the plugin refuses in words for the person is no failure of the plugin's.
 */
export async function tryOut<T>(host: PluginHost, scope: Scope, trial: Trial<T>): Promise<GuardedResult<T>> {
  const { pluginId, values } = trial;
  const { plugin } = await host.find(pluginId);
  const stored = await host.contexts.settings(plugin, scope.blog);
  const sound = Object.entries(checkSettings(settableFields(plugin, scope.blog), values).values);
  const settings = { ...stored, ...Object.fromEntries(sound.filter(([, value]) => value !== undefined)) };
  const call = {
    pluginId,
    part: trial.name,
    limit: trial.limit,
    log: scope.log,
    work: async (signal: AbortSignal) => {
      try {
        return { value: await trial.work(host.contexts.make(plugin, scope, settings, signal)) };
      } catch (error) {
        if (error instanceof PublicError) return { refusal: error };
        throw error;
      }
    },
  };
  const result = await host.guard.call(call);
  if (!result.ok) return result;
  return "refusal" in result.value ? { ok: false, error: result.value.refusal } : { ok: true, value: result.value.value };
}

/** Runs the test of a setting; its answer is for the person. PublicError 404 when there is none of this name. */
export async function runSettingTest(
  host: PluginHost,
  scope: Scope,
  asked: { readonly pluginId: string; readonly name: string; readonly values: Readonly<Record<string, Json>> },
): Promise<SettingTestAnswer> {
  const { plugin } = await host.find(asked.pluginId);
  const test = Object.hasOwn(plugin.tests ?? {}, asked.name) ? plugin.tests![asked.name] : undefined;
  if (!test) throw new PublicError("plugin.no-test", "There is no such test.", 404);
  const trial = { ...asked, name: `test ${asked.name}`, limit: 20_000, work: (context: Context) => test(context) };
  const result = await tryOut(host, scope, trial);
  if (result.ok) return { ok: result.value.ok, message: String(result.value.message).slice(0, 500) };
  return { ok: false, message: result.error instanceof Error ? result.error.message.slice(0, 500) : "It failed." };
}
