import type { AdminScreen } from "../../request.ts";
import { upload } from "./upload.ts";

/** The library of a blog's files: looking, uploading, describing, replacing, deleting. */
export const mediaScreens: readonly AdminScreen[] = [{ method: "POST", path: "/b/:blog/media", access: "member", run: upload }];
