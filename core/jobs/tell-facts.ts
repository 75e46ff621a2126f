import { sentenceOf } from "../errors.ts";
import type { HookName, ValueOf } from "../hooks/catalogue.ts";
import type { Scope } from "../hooks/scope.ts";
import type { Transaction } from "../storage/storage.ts";
import { announceEvent } from "./announce.ts";

/** Tells an event of a fact that is being written: durable taps by jobs of this transaction, the others once it has committed. */
export async function tellFact<N extends HookName>(scope: Scope, db: Transaction, name: N, value: ValueOf<N>): Promise<void> {
  await announceEvent(scope, db, name, value);
  db.afterCommit(() => {
    scope.taps.event(scope, name, value).catch((error: unknown) => scope.log.error(`${name}: ${sentenceOf(error)}`));
  });
}
