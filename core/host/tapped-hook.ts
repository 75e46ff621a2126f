import { AsyncParallelHook, AsyncSeriesBailHook, AsyncSeriesHook, AsyncSeriesWaterfallHook } from "tapable";
import type { HookFacts, HookName } from "../hooks/catalogue.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Refusal } from "../hooks/values.ts";
import type { GuardedResult } from "./guarded.ts";
import type { Handler, Plugin } from "./manifest.ts";

/** One plugin's handler of one hook, with its place and limits settled. */
export type SettledTap = {
  readonly plugin: Plugin;
  readonly run: Handler<HookName, {}>;
  /** Milliseconds. */
  readonly limit: number;
  readonly stage: number;
  readonly before?: string;
  readonly isDurable: boolean;
  readonly isAfterUndo: boolean;
};

/** One asking of a hook. */
export type Asking = { readonly name: string; readonly scope: Scope; readonly about: object };
/** Asks one plugin, guarded; `undefined` comes back from one that is not active. */
type Ask = (tap: SettledTap, value: unknown, asking: Asking) => Promise<GuardedResult<unknown>>;
type Wrapped = (value: never, asking: Asking, out: unknown[]) => Promise<unknown>;

/** The tapable hook of one name: every handler is wrapped once, here, so that its failure means what its kind says. */
export function tappedHook(facts: HookFacts, taps: readonly SettledTap[], ask: Ask): unknown {
  const hook = hookOf(facts);
  const ids = new Set(taps.map((tap) => tap.plugin.id));
  for (const tap of taps) {
    // `before` with an unknown name would put the tap first (tapable 2.3), so unknown names are dropped here.
    const before = tap.before && ids.has(tap.before) ? { before: tap.before } : {};
    hook.tapPromise({ name: tap.plugin.id, stage: tap.stage, ...before }, wrapped(facts, tap, ask) as never);
  }
  return hook;
}

type AnyHook = { tapPromise(options: { name: string; stage: number; before?: string }, run: never): void };

function hookOf({ kind }: HookFacts): AnyHook {
  if (kind === "filter") return new AsyncSeriesWaterfallHook<[unknown, Asking]>(["value", "asking"]);
  if (kind === "collect") return new AsyncSeriesHook<[unknown, Asking, unknown[]]>(["value", "asking", "out"]);
  const names: ["value", "asking"] = ["value", "asking"];
  return kind === "event"
    ? new AsyncParallelHook<[unknown, Asking]>(names)
    : new AsyncSeriesBailHook<[unknown, Asking], unknown>(names);
}

function wrapped(facts: HookFacts, tap: SettledTap, ask: Ask): Wrapped {
  switch (facts.kind) {
    case "filter":
      return async (value, asking) => {
        const result = await ask(tap, value, asking);
        // Another type than it was given is a mistake of the plugin's; its contribution is dropped.
        return result.ok && result.value !== null && typeof result.value === typeof value ? result.value : undefined;
      };
    case "guard":
      return async (value, asking) => refusalOf(facts, await ask(tap, value, asking));
    case "first":
      return async (value, asking) => {
        const result = await ask(tap, value, asking);
        return result.ok ? (result.value ?? undefined) : undefined;
      };
    case "collect":
      return async (value, asking, out) => {
        const result = await ask(tap, value, asking);
        if (result.ok && Array.isArray(result.value)) out.push(...(result.value as unknown[]));
      };
    default:
      // A durable handler hears of it by its job.
      return async (value, asking) => void (tap.isDurable || (await ask(tap, value, asking)));
  }
}

function refusalOf(facts: HookFacts, result: GuardedResult<unknown>): Refusal | undefined {
  if (result.ok) return (result.value as Refusal | null | undefined) ?? undefined;
  if (facts.onFailure !== "refuse") return undefined;
  return { key: "plugin.check", refuse: "A check that must pass could not be made; please try again.", status: 503 };
}
