import type { AdminScreen } from "../../request.ts";
import { exportLog } from "./csv.ts";
import { blogLog, siteLog } from "./list.ts";

/** Who did what when: on the installation, and on one blog. */
export const logScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/log", access: "moderator", run: siteLog },
  { method: "GET", path: "/admin/log/export", access: "moderator", run: exportLog },
  { method: "GET", path: "/b/:blog/settings/log", access: "member", run: blogLog },
];
