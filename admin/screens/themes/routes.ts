import type { AdminScreen } from "../../request.ts";
import { themePicture } from "../../theme-picture.ts";
import { install } from "./install.ts";
import { listThemes } from "./list.ts";
import { makeDefault } from "./make-default.ts";
import { confirmRemove, remove } from "./remove.ts";

/** The themes of the installation: which there are, who uses them, bringing and removing them, the one of new blogs. */
export const themeScreens: readonly AdminScreen[] = [
  { method: "GET", path: "/admin/themes", access: "admin", run: (request) => listThemes(request) },
  { method: "POST", path: "/admin/themes", access: "admin", run: install },
  { method: "GET", path: "/admin/themes/:id/picture", access: "admin", run: themePicture },
  { method: "POST", path: "/admin/themes/:id/default", access: "admin", run: makeDefault },
  { method: "GET", path: "/admin/themes/:id/remove", access: "admin", run: (request) => confirmRemove(request) },
  { method: "POST", path: "/admin/themes/:id/remove", access: "admin", run: remove },
];
