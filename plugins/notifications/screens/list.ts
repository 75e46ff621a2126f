import { PublicError, type PluginScreenRequest } from "rookery/plugin";
import { markRead, noticeOf, noticesOf } from "../reading/notices.ts";

type Request = PluginScreenRequest<{}>;

/** What somebody was told, the newest first. */
export async function listPage(request: Request) {
  const { context, account, at, query } = request;
  const before = query.get("before");
  const { notices, next } = await noticesOf(context, account!.id, before === null ? {} : { before });
  return {
    template: "list",
    data: {
      rows: notices.map((one) => ({ ...one, to: at(`/notifications/to/${one.id}`) })),
      newest: notices[0]?.id ?? "",
      hasUnread: notices.some(({ isRead }) => !isRead),
      older: next === null ? null : `${at("/notifications")}?before=${next}`,
      isFirst: before === null,
      action: at("/notifications"),
      settingsAt: at("/notifications/settings"),
    },
  };
}

/** Marks all that the page showed, and older ones, as read. */
export async function readForm(request: Request) {
  const { context, account, at } = request;
  const { fields } = await request.form();
  await markRead(context, account!.id, { upTo: fields.get("newest") ?? "" });
  return request.redirect(at("/notifications"), context.t("marked"));
}

/** Leads to what a notice is about, and marks it as read. */
export async function openNotice(request: Request) {
  const { context, account, params } = request;
  const notice = await noticeOf(context, account!.id, params.id ?? "");
  if (!notice) throw new PublicError("no-notice", "There is no such notification any more.", 404);
  await markRead(context, account!.id, { id: notice.id });
  return { status: 303, redirect: notice.url };
}
