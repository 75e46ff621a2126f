import type { Taps } from "./scope.ts";

/** No plugins at all: what safe mode and the core's own tests run on. */
export const noTaps: Taps = {
  number: 0,
  filter: async (_scope, _name, value) => value,
  guard: async () => null,
  first: async () => undefined,
  collect: async () => [],
  event: async () => undefined,
  durable: () => [],
  afterUndo: () => [],
  has: () => false,
};
