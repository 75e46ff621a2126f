import { PublicError, type Route } from "rookery/plugin";
import { leaveMails } from "./choices.ts";

/** Leaving by one click in a mail program (RFC 8058): it sends `List-Unsubscribe=One-Click` without a page of ours. */
export const oneClick: Route<{}> = {
  method: "POST",
  path: "/notifications/one-click",
  on: "hub",
  access: "public",
  async run({ query, context }) {
    if (!(await leaveMails(context, query.get("key") ?? "")))
      throw new PublicError("no-key", "This link is not known here (any more).", 404);
    return { text: context.t("leave.done") };
  },
};
