import type { AdminScreen } from "../../request.ts";
import { blockHost, showBlocked, unblockOne } from "./blocked.ts";
import { change } from "./change.ts";
import { list } from "./list.ts";

/** What others wrote and did about a blog's posts, and whom it does not hear. */
export const replyListScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/replies", access: "member", run: list },
  { method: "POST", path: "/b/:blog/replies", access: "member", run: change },
  { method: "GET", path: "/b/:blog/replies/blocked", access: "member", run: showBlocked },
  { method: "POST", path: "/b/:blog/replies/blocked", access: "member", run: blockHost },
  { method: "POST", path: "/b/:blog/replies/blocked/:id/remove", access: "member", run: unblockOne },
];
