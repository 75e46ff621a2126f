import type { AdminScreen } from "../../request.ts";
import { askForAccount, askForBlog, showAccountExports, showBlogExports } from "./ask.ts";
import { fetchExport, linkToExport } from "./fetch.ts";

/** Download my data, and one blog's. */
export const exportScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/account/export", access: "member", run: (request) => showAccountExports(request) },
  { method: "POST", path: "/account/export", access: "member", run: askForAccount },
  { method: "GET", path: "/account/export/:id", access: "member", run: fetchExport },
  { method: "POST", path: "/account/export/:id/link", access: "member", run: linkToExport },
  { method: "GET", path: "/b/:blog/export", access: "member", run: (request) => showBlogExports(request) },
  { method: "POST", path: "/b/:blog/export", access: "member", run: askForBlog },
];
