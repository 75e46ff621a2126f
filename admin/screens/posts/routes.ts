import type { AdminScreen } from "../../request.ts";
import { bulk } from "./bulk.ts";
import { copyScreens } from "./copies.ts";
import { list } from "./list.ts";
import { confirmErase, eraseForGood, moveBack, moveToTrash, undo, withdraw } from "./move.ts";
import { replyScreens } from "./replies.ts";
import { revisionScreens } from "./revisions.ts";
import { show } from "./show.ts";

/** Lists of posts, one post, and what can be done to it. */
export const postScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/posts", access: "member", run: list },
  { method: "POST", path: "/b/:blog/posts/bulk", access: "member", run: bulk },
  { method: "GET", path: "/b/:blog/posts/:id", access: "member", run: show },
  { method: "POST", path: "/b/:blog/posts/:id/trash", access: "member", run: moveToTrash },
  { method: "POST", path: "/b/:blog/posts/:id/restore", access: "member", run: moveBack },
  { method: "POST", path: "/b/:blog/posts/:id/unpublish", access: "member", run: withdraw },
  { method: "POST", path: "/b/:blog/posts/:id/undo", access: "member", run: undo },
  { method: "GET", path: "/b/:blog/posts/:id/erase", access: "member", run: confirmErase },
  { method: "POST", path: "/b/:blog/posts/:id/erase", access: "member", run: eraseForGood },
  ...revisionScreens,
  ...copyScreens,
  ...replyScreens,
];
