import type { AdminScreen } from "../../request.ts";
import { listBlogs } from "./list.ts";
import { makeBlog } from "./make.ts";
import { eraseBlogLater, recall, restore, showBlog, suspend } from "./show.ts";

/** The blogs of the installation, in every state. */
export const blogScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/blogs", access: "moderator", run: (request) => listBlogs(request) },
  { method: "POST", path: "/admin/blogs", access: "admin", run: makeBlog },
  { method: "GET", path: "/admin/blogs/:blog", access: "moderator", run: (request) => showBlog(request) },
  { method: "POST", path: "/admin/blogs/:blog/suspend", access: "admin", run: suspend },
  { method: "POST", path: "/admin/blogs/:blog/restore", access: "admin", run: restore },
  { method: "POST", path: "/admin/blogs/:blog/delete", access: "admin", run: eraseBlogLater },
  { method: "POST", path: "/admin/blogs/:blog/recall", access: "admin", run: recall },
];
