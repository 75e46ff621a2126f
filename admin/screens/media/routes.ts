import type { AdminScreen } from "../../request.ts";
import { bulk } from "./bulk.ts";
import { list } from "./list.ts";
import { describeNext, nextToDescribe } from "./one-by-one.ts";
import { append, begin, finish, look } from "./parts.ts";
import { confirmRemoval, removeFile } from "./remove.ts";
import { describe, replace, show } from "./show.ts";
import { upload } from "./upload.ts";

/** The library of a blog's files: looking, uploading, describing, replacing, deleting. */
export const mediaScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/b/:blog/media", access: "member", run: (request) => list(request) },
  { method: "POST", path: "/b/:blog/media", access: "member", run: upload },
  { method: "GET", path: "/b/:blog/media/describe", access: "member", run: nextToDescribe },
  { method: "POST", path: "/b/:blog/media/describe", access: "member", run: describeNext },
  { method: "POST", path: "/b/:blog/media/bulk", access: "member", run: bulk },
  { method: "POST", path: "/b/:blog/media/uploads", access: "member", run: begin },
  { method: "GET", path: "/b/:blog/media/uploads/:id", access: "member", run: look },
  { method: "PUT", path: "/b/:blog/media/uploads/:id", access: "member", run: append },
  { method: "POST", path: "/b/:blog/media/uploads/:id/finish", access: "member", run: finish },
  { method: "GET", path: "/b/:blog/media/:id", access: "member", run: show },
  { method: "POST", path: "/b/:blog/media/:id", access: "member", run: describe },
  { method: "POST", path: "/b/:blog/media/:id/replace", access: "member", run: replace },
  { method: "GET", path: "/b/:blog/media/:id/delete", access: "member", run: confirmRemoval },
  { method: "POST", path: "/b/:blog/media/:id/delete", access: "member", run: removeFile },
];
