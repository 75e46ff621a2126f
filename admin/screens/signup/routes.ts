import type { AdminScreen } from "../../request.ts";
import { saveBlog, showBlog } from "./blog.ts";
import { confirm, showConfirm } from "./confirm.ts";
import { saveYou, showYou } from "./you.ts";

/** How somebody new comes in: who they are, their blog, and (when mail can be sent) a link that proves their address. */
export const signUpScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/signup", access: "public", run: showYou },
  { method: "POST", path: "/signup", access: "public", run: saveYou },
  { method: "GET", path: "/signup/blog", access: "public", run: showBlog },
  { method: "POST", path: "/signup/blog", access: "public", run: saveBlog },
  { method: "GET", path: "/signup/confirm", access: "public", run: showConfirm },
  { method: "POST", path: "/signup/confirm", access: "public", run: confirm },
];
