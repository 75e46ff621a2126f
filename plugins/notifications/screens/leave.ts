import { PublicError, type PluginScreenRequest } from "rookery/plugin";
import { leaveMails } from "../choices.ts";

type Request = PluginScreenRequest<{}>;

/** Asks once more, for mail programs open links by themselves. */
export function leavePage({ query, at, context }: Request) {
  const key = query.get("key") ?? "";
  const action = `${at("/notifications/leave")}?key=${encodeURIComponent(key.slice(0, 40))}`;
  return { template: "leave", data: { action, sentence: context.t("leave.ask"), isDone: false } };
}

/** Ends mail to whoever the key belongs to. */
export async function leaveForm({ query, context }: Request) {
  if (!(await leaveMails(context, query.get("key") ?? "")))
    throw new PublicError("no-key", "This link is not known here (any more).", 404);
  return { template: "leave", data: { action: "", sentence: context.t("leave.done"), isDone: true } };
}
