import { audit } from "../../../core/people/audit.ts";
import type { Transaction } from "../../../core/storage/storage.ts";
import type { AdminRequest } from "../../request.ts";

/** What was done, for the log. */
export type Act = {
  readonly action: string;
  readonly subject: string;
  readonly blogId?: string | null;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
};

/** Writes in the log who did something here, in the transaction of the fact. */
export async function noteAct(request: Pick<AdminRequest, "scope">, db: Transaction, act: Act): Promise<void> {
  const { scope } = request;
  const by = { accountId: scope.principal.accountId, via: scope.via, address: scope.address };
  await audit(db, { ...act, ...by }, scope.clock.now());
}
