import type { Scope } from "../hooks/scope.ts";
import type { Notice } from "../hooks/values.ts";
import { ulid } from "../ids.ts";
import { tellFact } from "../jobs/tell-facts.ts";
import { personById } from "../people/accounts.ts";
import { takeAttempt } from "../people/attempts.ts";
import type { NoticeWish } from "./context.types.ts";
import type { HostServices } from "./host-services.ts";
import type { Plugin } from "./manifest.ts";

const [mostToOne, seconds] = [300, 3600];

/**
 * Tells somebody something in their own language, as the event `account.notice`. False for who is not here (any more), and after 300 notices of
 * the plugin to one person within an hour: they know by then.
 */
export async function notify(
  scope: Scope,
  { services, plugin }: { readonly services: Pick<HostServices, "translate">; readonly plugin: Plugin },
  accountId: string,
  { kind, key, values, url, subject = "", from = null, isChange }: NoticeWish,
): Promise<boolean> {
  checkKind(kind);
  const person = await personById(scope.storage, accountId);
  if (!person || person.state === "deleted") return false;
  const now = scope.clock.now();
  const notice: Notice = {
    id: ulid(now.getTime()),
    pluginId: plugin.id,
    kind,
    text: services
      .translate(plugin, person.language || "en", key, values)
      .slice(0, 1_000)
      .toWellFormed(),
    url: url.slice(0, 2_048),
    subject: subject.slice(0, 190),
    from,
    at: now.toISOString(),
    ...(isChange && { isChange }),
  };
  return scope.storage.write(async (db) => {
    const bucket = { [`notices of ${plugin.id} to ${accountId}`]: { size: mostToOne, seconds } };
    if (!isChange && (await takeAttempt(db, bucket, now)) > 0) return false;
    await tellFact({ ...scope, blog: null }, db, "account.notice", { accountId, notice });
    return true;
  });
}

/** Takes back what anybody was told of a kind and subject, as the event `account.noticeGone`: what it was about is gone, or is not for them any more. */
export async function unnotify(
  scope: Scope,
  pluginId: string,
  { kind, subject, except = [] }: { readonly kind: string; readonly subject: string; readonly except?: readonly string[] },
): Promise<void> {
  checkKind(kind);
  if (subject === "") return;
  const gone = { pluginId, kind, subject: subject.slice(0, 190), except: except.slice(0, 500) };
  await scope.storage.write((db) => tellFact({ ...scope, blog: null }, db, "account.noticeGone", gone));
}

function checkKind(kind: string): void {
  if (!/^[a-z][a-z0-9-]{0,39}$/.test(kind)) throw new Error(`A notice has a kind such as “reply”, not “${kind}”`);
}
