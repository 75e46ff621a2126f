import { hash } from "node:crypto";
import type { Context, CopyRequest, CopyResult, Json } from "rookery/plugin";
import { accountOf, askAbout, pluginOf, type Account } from "./accounts.ts";
import type { CrosspostService, ServiceCopy, ServiceRequest } from "./api.ts";
import { composeFor } from "./compose/compose.ts";
import { noteDelivery } from "./log.ts";
import { afterTrouble, keptOf, troubleOf, type Kept, type Trouble } from "./outcome.ts";
import { settingsOf } from "./target-settings.ts";
import { markBroken, markWhole } from "./trouble.ts";

type Doing = "send" | "update" | "remove";
type Turn = {
  readonly context: Context;
  readonly account: Account;
  readonly request: CopyRequest;
  readonly kept: Kept;
  readonly asked: ServiceRequest;
};
type Answer<T> = { readonly value: T } | { readonly trouble: Trouble };

const patience = 50_000;
const mostTexts = 10;

/** Makes, changes or removes one copy, at most once; what becomes of it is noted for the owner. */
export async function deliver(context: Context, what: Doing, request: CopyRequest): Promise<CopyResult> {
  const account = await accountOf(context, request.target);
  if (!account) return withoutAccount(context, request.target);
  const turn = await turnOf(context, account, request);
  const result = await { send, update, remove }[what](turn);
  if (result.state === "parked") await markBroken(context, account, result.reason);
  if (result.state === "sent") await markWhole(context, account.target);
  await noteDelivery(context, what, { account, post: request.post }, result);
  return result;
}

// Disconnected with copies on their way: they wait for the account; without the plugin there is nothing to wait for.
function withoutAccount(context: Context, target: string): CopyResult {
  const isServed = context.services("crosspost.service").some(({ pluginId }) => pluginId === pluginOf(target));
  return isServed ? { state: "parked", reason: "error.disconnected" } : { state: "failed", reason: "error.no-service" };
}

async function turnOf(context: Context, account: Account, request: CopyRequest): Promise<Turn> {
  // A new key for each new copy: one that was removed must not come back as the answer to the next.
  const kept = keptOf(request.copy, `${request.post.id}-${crypto.randomUUID()}`);
  const { template, hasHashtags } = await settingsOf(context, request.target);
  const choices = { template, hasHashtags, ...(request.text !== undefined && { ownText: request.text }) };
  const asked: ServiceRequest = {
    account: account.id,
    composed: await composeFor(context, request.post, account.limits, choices),
    key: kept.key,
    attempt: request.attempt,
    copy: kept.service,
    progress: async () => undefined,
  };
  return { context, account, request, kept, asked };
}

async function send(turn: Turn): Promise<CopyResult> {
  const { request } = turn;
  let { kept } = turn;
  if (request.attempt > 1 && kept.hasBegun) {
    const before = await lookUp(turn, kept);
    if (before?.state === "sent") return broughtUpToDate(turn, before);
    if (before !== null) return before;
  }
  // Durable before the create can leave: whatever happens after this, the next try looks first.
  const texts = [...new Set([...kept.texts, markOf(turn)])].slice(-mostTexts);
  kept = { ...kept, hasBegun: true, isUnsure: true, texts };
  await request.progress(kept);
  const progress = (service: Json) => request.progress((kept = { ...kept, service }));
  const answer = await ask(turn, (service) => service.publish({ ...turn.asked, copy: kept.service, progress }));
  if ("value" in answer) return arrived(kept, answer.value);
  const { kind } = answer.trouble;
  if (kind === "duplicate" || kind === "unknown") {
    const found = await lookUp(turn, kept).catch(() => null);
    if (found?.state === "sent") return broughtUpToDate(turn, found);
  }
  return afterTrouble(answer.trouble, { ...kept, isUnsure: kind === "unknown" }, await canFind(turn));
}

// The post was edited between a create whose answer was lost and the look that found it: what stands there may be the older text.
async function broughtUpToDate(turn: Turn, found: CopyResult & { state: "sent" }): Promise<CopyResult> {
  const { context, account, kept } = turn;
  const isOlder = kept.texts.some((mark) => mark !== markOf(turn));
  if (!isOlder || !account.limits.edit || !(await settingsOf(context, account.target)).edits) return found;
  const result = await update({
    ...turn,
    kept: found.copy as Kept,
    asked: { ...turn.asked, copy: (found.copy as Kept).service },
  });
  if (result.state === "sent") return { ...found, ...result };
  // What cannot be changed is there all the same.
  return result.state === "later" ? result : found;
}

const markOf = ({ asked }: Turn): string => hash("sha256", asked.composed.text).slice(0, 16);

// Null when the service is sure that there is no copy.
async function lookUp(turn: Turn, kept: Kept): Promise<CopyResult | null> {
  if (!(await canFind(turn))) return { state: "unknown", reason: "error.unknown", copy: kept };
  const answer = await ask(turn, (service) =>
    service.find!({ ...turn.asked, copy: kept.service, attempt: Math.max(2, turn.request.attempt) }),
  );
  if ("value" in answer) return answer.value ? arrived(kept, answer.value) : null;
  const result = afterTrouble(answer.trouble, kept, true);
  return result.state === "failed" ? { ...result, state: "unknown" } : result;
}

async function update(turn: Turn): Promise<CopyResult> {
  const { kept } = turn;
  const answer = await ask(turn, async (service) => (service.update ? await service.update(turn.asked) : null));
  if ("trouble" in answer) return afterTrouble(answer.trouble, kept, true);
  return answer.value ? arrived(kept, answer.value) : { state: "failed", reason: "error.no-edit" };
}

async function remove(turn: Turn): Promise<CopyResult> {
  const { asked } = turn;
  let { kept } = turn;
  // Nobody saw it yet: it is looked for, and what surely is not there is gone.
  if (kept.isUnsure) {
    const found = await lookUp(turn, kept);
    if (found?.state !== "sent") return found ?? { state: "sent" };
    kept = found.copy as Kept;
  }
  const { composed: _, ...rest } = asked;
  const request = { ...rest, copy: kept.service };
  const answer = await ask(turn, async (service) => (service.remove ? (await service.remove(request), true) : false));
  if ("trouble" in answer) return afterTrouble(answer.trouble, kept, true);
  return answer.value ? { state: "sent" } : { state: "failed", reason: "error.no-delete" };
}

function arrived(kept: Kept, { url, copy }: ServiceCopy): CopyResult {
  return { state: "sent", copy: { ...kept, isUnsure: false, service: copy }, ...(url !== undefined && { url }) };
}

const canFind = ({ context, account }: Turn): Promise<boolean> =>
  askAbout(context, account, async (service) => service.find !== undefined, 1_000);

// What a service tells of itself is an answer, not a failure of its plugin.
function ask<T>({ context, account }: Turn, question: (service: CrosspostService) => Promise<T>): Promise<Answer<T>> {
  const answer = async (service: CrosspostService): Promise<Answer<T>> => {
    try {
      return { value: await question(service) };
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble) return { trouble };
      throw error;
    }
  };
  return askAbout(context, account, answer, patience);
}
