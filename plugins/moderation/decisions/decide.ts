import { PublicError, type Account } from "rookery/plugin";
import { closeCase } from "../reports/cases.ts";
import type { Target } from "../reports/target.ts";
import { hostOf } from "../domains/domains.ts";
import { idOf, insert, nowOf, typed } from "../rows.ts";
import type { Own } from "../settings.ts";
import { mayDecideOn } from "../standing.ts";
import { fitting, lasting, lengths, type ActKind } from "./acts.ts";
import { carryOut } from "./carry-out.ts";

/** What a moderator decided. */
export type Wish = {
  readonly by: Account;
  readonly target: Target;
  readonly acts: readonly ActKind[];
  /** What the person is told. */
  readonly reason: string;
  /** A word of `lengths`. */
  readonly length: string;
  /** A suspended person's own blogs go along. */
  readonly withBlogs: boolean;
  readonly caseId: string;
  /** The case is closed with it: of two who decide at once, one does. */
  readonly closes: boolean;
};

export const reasonLength = 2_000;

/**
 * Writes a decision down and carries it out. Gives its id and what could not be done. PublicError for a decision without acts or
 * reason, about oneself, about another moderator by one who is no admin, and 409 where somebody else closed the case.
 */
export async function decide(context: Own, wish: Wish): Promise<{ readonly id: string; readonly failed: readonly string[] }> {
  const { by, target, acts } = wish;
  const reason = typed(wish.reason, reasonLength);
  const fits = fitting(target, context.site.url);
  if (acts.length === 0) throw new PublicError("no-acts", "Tick what is to be done.", 422);
  if (reason === "") throw new PublicError("no-reason", "Give a reason: the person is told it.", 422);
  if (acts.some((one) => !fits.includes(one))) throw new PublicError("no-fit", "This cannot be done here.", 422);
  const person = target.accountId === "" ? null : await context.people.standing(target.accountId);
  if (!mayDecideOn(by, person?.account ?? null))
    throw new PublicError("not-yours", "You cannot decide about yourself, and about moderators only as an admin.", 403);
  const days = lengths[wish.length] ?? 0;
  const now = nowOf(context);
  const until = days === 0 ? null : new Date(context.clock.now().getTime() + days * 86_400_000).toISOString();
  const id = idOf(context);
  const rows = acts.map((kind) => ({
    id: idOf(context),
    decision_id: id,
    account_id: target.accountId,
    kind,
    subject_id: subjectOf(kind, target),
    place_id: target.placeId,
    data: JSON.stringify(kind === "suspend" ? { withBlogs: wish.withBlogs } : {}),
    state: "pending",
    at: now,
    until_at: lasting.has(kind) ? until : null,
    undone_at: null,
    undone_by: "",
  }));
  const isLasting = acts.some((one) => lasting.has(one));
  const decision = {
    id,
    case_id: wish.caseId,
    account_id: target.accountId,
    by_id: by.id,
    reason,
    url: target.url,
    title: typed(target.title, 200),
    at: now,
    until_at: isLasting ? until : null,
    key_hash: "",
    is_told: 0,
  };
  // In one: a crash in between would leave the case closed and nothing decided.
  await context.tables.write(async () => {
    if (wish.closes && !(await closeCase(context, wish.caseId, by.id, reason)))
      throw new PublicError("answered", "Somebody decided this already.", 409);
    await insert(context, "actions", rows);
    await insert(context, "decisions", [decision]);
    await context.enqueue("carry-out", { decisionId: id }, { key: `carry-out ${id}`, in: { seconds: 60 } });
  });
  return { id, failed: await carryOut(context, id) };
}

function subjectOf(kind: ActKind, target: Target): string {
  if (kind === "hide" || kind === "sensitive") return target.subjectId;
  return kind === "domain" ? (hostOf(target.url) ?? "") : target.accountId;
}
