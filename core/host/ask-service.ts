import { PublicError } from "../errors.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Context } from "./context.types.ts";
import type { Generation } from "./generation.ts";
import type { ServiceName, Services } from "./services.types.ts";

type Question<N extends ServiceName, T> = {
  readonly name: N;
  readonly pluginId: string;
  /** Milliseconds; 2,000 unless told. */
  readonly limit?: number | undefined;
  readonly question: (service: Services[N]) => T | Promise<T>;
};

/** Asks one plugin's service, guarded and with its settings read anew; throws what it throws, or that it is not active here. */
export async function askService<N extends ServiceName, T>(scope: Scope, asked: Question<N, T>): Promise<T> {
  const { name, pluginId, limit = 2_000, question } = asked;
  const generation = scope.taps as Generation;
  const plugin = generation.plugins.get(pluginId)?.plugin;
  const make = plugin?.services?.[name];
  if (!plugin || !make || !generation.isActive(pluginId, scope.blog))
    throw new Error(`No plugin “${pluginId}” serves “${name}” here`);
  const work = async (context: Context) => {
    try {
      return { answer: await question(make(() => context) as Services[N]) };
    } catch (error) {
      // What the person can put right is no failure of the plugin, however often they try.
      if (error instanceof PublicError) return { refusal: error };
      throw error;
    }
  };
  const result = await generation.run(scope, plugin, { name: `service ${name}`, limit, work });
  if (!result.ok) throw result.error;
  if ("refusal" in result.value) throw result.value.refusal;
  return result.value.answer;
}
