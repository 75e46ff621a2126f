import type { AdminScreen } from "../../request.ts";
import { append, begin, finish, look } from "./parts.ts";
import { upload } from "./upload.ts";

/** The library of a blog's files: looking, uploading, describing, replacing, deleting. */
export const mediaScreens: readonly AdminScreen[] = [
  { method: "POST", path: "/b/:blog/media", access: "member", run: upload },
  { method: "POST", path: "/b/:blog/media/uploads", access: "member", run: begin },
  { method: "GET", path: "/b/:blog/media/uploads/:id", access: "member", run: look },
  { method: "PUT", path: "/b/:blog/media/uploads/:id", access: "member", run: append },
  { method: "POST", path: "/b/:blog/media/uploads/:id/finish", access: "member", run: finish },
];
