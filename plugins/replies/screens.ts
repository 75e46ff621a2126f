import type { PluginScreen } from "rookery/plugin";
import { deleteForm, editForm, editPage } from "./screens/edit.ts";
import { listForm, listPage } from "./screens/list.ts";
import { showPage } from "./screens/show.ts";
import { writeForm, writePage } from "./screens/write.ts";

const member = { on: "hub", access: "member" } as const;

/** Reading and writing replies. */
export const screens: readonly PluginScreen[] = [
  { ...member, path: "/replies", title: "Your replies", menu: "you", run: listPage },
  { ...member, method: "POST", path: "/replies", title: "Your replies", run: listForm },
  { ...member, path: "/replies/to/:number", title: "Reply", example: { number: "0" }, run: (request) => writePage(request) },
  { ...member, method: "POST", path: "/replies/to/:number", title: "Reply", run: writeForm },
  { on: "hub", access: "public", path: "/replies/:id", title: "Reply", run: showPage },
  { ...member, path: "/replies/:id/edit", title: "Change a reply", run: (request) => editPage(request) },
  { ...member, method: "POST", path: "/replies/:id/edit", title: "Change a reply", run: editForm },
  { ...member, method: "POST", path: "/replies/:id/delete", title: "Delete a reply", run: deleteForm },
];
