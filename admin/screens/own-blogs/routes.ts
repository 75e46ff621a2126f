import type { AdminScreen } from "../../request.ts";
import { bringBack, leaveBlog, makeOwnBlog, showOwnBlogs } from "./blogs.ts";
import { inviteFriend, showInvitations, takeBackOwn } from "./invitations.ts";

/** The blogs of whoever is signed in, and whom they invited to the installation. */
export const ownBlogScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/account/blogs", access: "member", run: (request) => showOwnBlogs(request) },
  { method: "POST", path: "/account/blogs", access: "member", run: makeOwnBlog },
  { method: "POST", path: "/account/blogs/:blog/recall", access: "member", run: bringBack },
  { method: "POST", path: "/account/blogs/:blog/leave", access: "member", run: leaveBlog },
  { method: "GET", path: "/account/invitations", access: "member", run: (request) => showInvitations(request) },
  { method: "POST", path: "/account/invitations", access: "member", run: inviteFriend },
  { method: "POST", path: "/account/invitations/:id/revoke", access: "member", run: takeBackOwn },
];
