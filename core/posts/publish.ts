import { stamp } from "../clock.ts";
import { blogOf, type Scope } from "../hooks/scope.ts";
import type { Draft, Post, Refusal } from "../hooks/values.ts";
import type { Transaction } from "../storage/storage.ts";
import { changedElsewhere, compose, type Composed } from "./compose.ts";
import { announce, tell, type Fact } from "./facts.ts";
import { withFilters } from "./filters/stored-filters.ts";
import { keyHash } from "./post-keys.ts";
import { postById } from "./read.ts";
import { storePosts, type Stored } from "./store.ts";
import { startCopies } from "./targets/follow-post.ts";
import { chooseTargets } from "./targets/target-rows.ts";

/** What became of a draft: the stored post, or a refusal with a sentence for its author. */
export type Outcome =
  { readonly ok: true; readonly post: Post; readonly isNew: boolean } | { readonly ok: false; readonly refusal: Refusal };

/** How a batch is published. */
export type PublishOptions = {
  /** Why the revision exists: `publish`, `update`, `restore`, `import`. */
  readonly reason?: string;
  /** Old content comes in: nobody outside is told (no `post.published`), only `post.saved`. */
  readonly isQuiet?: boolean;
  /** What becomes of copies elsewhere of a post that is edited; left out, the rules of their targets say it. */
  readonly copies?: "keep";
  /** Written in the same transaction, such as an importer's own record. */
  readonly also?: (db: Transaction, outcomes: readonly Outcome[]) => Promise<void>;
};

/**
 * The first door: everything that becomes content comes through here. One transaction holds the post, its revision and the
 * jobs that announce it; when this answers `ok`, it survives a crash. A draft with a `key` that was used before gives the
 * post of then. Refusals (a guard's, a conflict of versions: status 409) are values, not errors. An edit that names no version
 * changes what is stored, also when that changed at the same moment.
 */
export async function publish(scope: Scope, draft: Draft, options: PublishOptions = {}): Promise<Outcome> {
  const mayCompose = draft.version === undefined && !options.also && !scope.storage.isWriting;
  for (let tries = 1; ; tries++) {
    const [outcome] = await publishMany(scope, [draft], options);
    const isOvertaken = !outcome!.ok && outcome!.refusal === changedElsewhere;
    if (!isOvertaken || !mayCompose || tries >= 5) return outcome!;
  }
}

/** Many drafts in one transaction, for importers: each has its own outcome, a refused one does not stop the others. */
export async function publishMany(scope: Scope, drafts: readonly Draft[], options: PublishOptions = {}): Promise<Outcome[]> {
  const composed = await Promise.all(drafts.map((draft) => prepare(scope, draft)));
  // Old content keeps the categories it came with; the blog's people can have a filter look at it later.
  const prepared = options.isQuiet ? composed : ((await withFilters<Composed>(scope, composed)) as Prepared[]);
  const facts: Fact[] = [];
  const outcomes = await againAfterCollision(scope, async (db) => {
    facts.length = 0;
    const fresh = await answerRepeats(scope, db, drafts, prepared);
    const stored = await storePosts(scope, db, fresh, options.reason);
    const answers = fresh.map((entry, at): Outcome => outcomeOf(entry, stored[at]));
    await rememberKeys(scope, db, drafts, answers);
    for (const entry of stored) if (entry && !("refuse" in entry)) facts.push(...factsOf(entry, options));
    // Before the facts are announced: what is chosen now goes out with the post. Old content goes nowhere of its own accord.
    const choices = drafts.map(({ targets }, at) => targets ?? (options.isQuiet ? undefined : chosenBy(fresh[at]!)));
    await followChoices(scope, db, choices, answers);
    await announce(scope, db, facts);
    // Targets chosen for a post that is out already.
    for (const [at, answer] of answers.entries())
      if (answer.ok && choices[at] && !options.isQuiet) await startCopies(scope, db, answer.post);
    if (facts.some((fact) => fact.isShown)) await scope.touch(db, blogOf(scope).id);
    await options.also?.(db, answers);
    return answers;
  });
  await tell(scope, facts);
  return outcomes;
}

// Two processes on MariaDB may choose the same free address or store the same key in the same moment: the second looks again.
async function againAfterCollision<T>(scope: Scope, work: (db: Transaction) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await scope.storage.write(work);
    } catch (error) {
      if (tries >= 5 || scope.storage.isWriting || (error as { code?: string }).code !== "ER_DUP_ENTRY") throw error;
    }
  }
}

type Prepared = Composed | Refusal | Post;

async function prepare(scope: Scope, draft: Draft): Promise<Prepared> {
  const before = draft.id === undefined ? null : await postById(scope, draft.id);
  return compose(scope, draft, before);
}

/** A draft whose key was seen before is answered with the post it made then. */
async function answerRepeats(
  scope: Scope,
  db: Transaction,
  drafts: readonly Draft[],
  prepared: readonly Prepared[],
): Promise<Prepared[]> {
  const answers = [...prepared];
  for (const [at, draft] of drafts.entries()) {
    if (draft.key === undefined) continue;
    const rows = await db.query<{ post_id: string }>("SELECT post_id FROM post_keys WHERE key_hash = ?", [
      keyHash(scope, draft.key),
    ]);
    const seen = rows[0] && (await postById(scope, rows[0].post_id));
    if (seen) answers[at] = seen;
  }
  return answers;
}

async function followChoices(
  scope: Scope,
  db: Transaction,
  choices: readonly Draft["targets"][],
  outcomes: readonly Outcome[],
): Promise<void> {
  for (const [at, targets] of choices.entries()) {
    const outcome = outcomes[at];
    if (targets && outcome?.ok) await chooseTargets(scope, db, outcome.post.id, targets);
  }
}

// What plugins chose on `post.parse` for somebody who did not.
const chosenBy = (entry: Prepared): Draft["targets"] => ("post" in entry ? entry.targets : undefined);

async function rememberKeys(
  scope: Scope,
  db: Transaction,
  drafts: readonly Draft[],
  outcomes: readonly Outcome[],
): Promise<void> {
  for (const [at, draft] of drafts.entries()) {
    const outcome = outcomes[at];
    if (draft.key === undefined || !outcome?.ok || !outcome.isNew) continue;
    const sql = "INSERT INTO post_keys (key_hash, post_id, created_at) VALUES (?, ?, ?)";
    await db.run(sql, [keyHash(scope, draft.key), outcome.post.id, stamp(scope.clock.now())]);
  }
}

function outcomeOf(entry: Prepared, stored: Stored | Refusal | null | undefined): Outcome {
  if ("refuse" in entry) return { ok: false, refusal: entry };
  if (!("post" in entry)) return { ok: true, post: entry, isNew: false };
  if (!stored || "refuse" in stored)
    return { ok: false, refusal: stored ?? { key: "post.not-stored", refuse: "The post could not be stored.", status: 409 } };
  return { ok: true, post: stored.post, isNew: stored.before === null };
}

function factsOf({ post, before }: Stored, { isQuiet, copies }: PublishOptions): Fact[] {
  const isPublic = (one: Post | null) => one?.status === "published" && one.visibility !== "private";
  const isShown = isPublic(post) || isPublic(before);
  const saved: Fact = { name: "post.saved", value: before ? { post, before } : { post }, isShown };
  if (isQuiet || !isShown) return [saved];
  if (!isPublic(before)) return [saved, { name: "post.published", value: { post }, isShown }];
  if (!isPublic(post)) return [saved, { name: "post.removed", value: { post }, isShown }];
  return [saved, { name: "post.updated", value: { post, before: before! }, isShown, copies }];
}
