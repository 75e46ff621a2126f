import type { Clock } from "../clock.ts";
import type { Storage } from "../storage/storage.ts";
import type { AboutOf, AnswerOf, HookName, ValueOf } from "./catalogue.ts";
import type { Blog, Refusal } from "./values.ts";

/** A line of the log: what happened, with facts beside it; never bodies, tokens or passwords. */
export type Log = {
  debug(message: string, facts?: Record<string, unknown>): void;
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  error(message: string, facts?: Record<string, unknown>): void;
};

/** Who asks. `scopes` limits an app token; null means everything the account may do. */
export type Principal = {
  readonly accountId: string | null;
  readonly role: "admin" | "moderator" | "curator" | "member" | "nobody" | "system";
  readonly scopes: readonly string[] | null;
};

/** The hooks of one generation of plugins: how the core asks the plugins that are active on the scope's blog. */
export interface Taps {
  readonly number: number;
  filter<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>, about?: AboutOf<N>): Promise<ValueOf<N>>;
  guard<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>): Promise<Refusal | null>;
  first<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>): Promise<AnswerOf<N> | undefined>;
  collect<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>): Promise<AnswerOf<N>[]>;
  /** Tells the plugins in process; call it after the commit. Durable taps are told by jobs instead. */
  event<N extends HookName>(scope: Scope, name: N, value: ValueOf<N>): Promise<void>;
  /** Plugins with a durable tap on this event, active on the scope's blog: each gets a job in the fact's own transaction. */
  durable(scope: Scope, name: HookName): readonly string[];
  /** Those of them that want to be told only when the time for Undo is over. */
  afterUndo(scope: Scope, name: HookName): readonly string[];
  /** True when any plugin taps it, on whatever blog: lets hot paths skip the asking. */
  has(name: HookName): boolean;
}

/** What travels with one request, command or job: doors take it as their first argument; nothing reads globals. */
export type Scope = {
  readonly storage: Storage;
  readonly taps: Taps;
  readonly clock: Clock;
  readonly log: Log;
  readonly site: { readonly url: string; readonly version: string };
  readonly blog: Blog | null;
  readonly principal: Principal;
  /** Of whoever reads what comes back, where a person asks: plugins say their sentences in it. Left out: the blog's. */
  readonly language?: string;
  /** The road: `web`, `cli`, `job`, an app's name. */
  readonly via: string;
  readonly address: string;
  readonly requestId: string;
  /** Says that something shown on this blog (or "site") changed; call it inside the write. */
  readonly touch: (db: import("../storage/storage.ts").Transaction, blogId: string) => Promise<void>;
};

/** The same for questions whose answers somebody reads: rules, previews, refusals. Not for what is published, which speaks the blog's language. */
export const spokenIn = (scope: Scope, language: string): Scope => ({ ...scope, language });

/** The scope's blog; a door that needs one throws without. */
export function blogOf(scope: Scope): Blog {
  if (!scope.blog) throw new Error("This needs a blog in its scope");
  return scope.blog;
}
