import type { Clock } from "./clock.ts";
import type { Log, Principal, Scope } from "./hooks/scope.ts";
import type { Blog } from "./hooks/values.ts";
import type { Settings } from "./settings/settings.ts";
import type { Storage } from "./storage/storage.ts";

/** Who and what a new scope is for. */
export type ScopeFor = {
  readonly blog?: Blog | null;
  readonly principal?: Principal;
  readonly via: string;
  readonly address?: string;
  readonly requestId?: string;
};

/** The opened installation: storage, plugins, stores, ready to serve, work or run one command. Made by core/house.ts. */
export type HouseParts = {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly log: Log;
  /** A scope on the current generation of plugins. */
  scope(wanted: ScopeFor): Scope;
};
