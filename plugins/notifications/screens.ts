import type { PluginScreen } from "rookery/plugin";
import { hasUnread } from "./reading/notices.ts";
import { leaveForm, leavePage } from "./screens/leave.ts";
import { listPage, openNotice, readForm } from "./screens/list.ts";
import { settingsForm, settingsPage } from "./screens/settings.ts";

const member = { on: "hub", access: "member" } as const;
const [list, settings, leave] = ["Notifications", "What to hear of", "No more mail"] as const;

/** What somebody was told, what they want to hear of, and the way out for who reads mail only. */
export const screens: readonly PluginScreen<{}>[] = [
  {
    ...member,
    path: "/notifications",
    title: list,
    menu: "you",
    bar: "bell",
    hasNews: ({ account, context }) => hasUnread(context, account.id),
    run: listPage,
  },
  { ...member, method: "POST", path: "/notifications", title: list, run: readForm },
  { ...member, path: "/notifications/settings", title: settings, run: settingsPage },
  { ...member, method: "POST", path: "/notifications/settings", title: settings, run: settingsForm },
  { ...member, path: "/notifications/to/:id", title: list, run: openNotice },
  { on: "hub", access: "public", path: "/notifications/leave", title: leave, run: leavePage },
  { on: "hub", access: "public", method: "POST", path: "/notifications/leave", title: leave, run: leaveForm },
];
