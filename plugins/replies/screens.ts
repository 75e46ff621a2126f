import type { PluginScreen } from "rookery/plugin";
import { deleteForm, editAt, editForm, editPage } from "./screens/edit.ts";
import { listForm, listPage } from "./screens/list.ts";
import { unsentForm } from "./screens/unsent.ts";
import { showPage } from "./screens/show.ts";
import { numberOf, writeForm, writePage } from "./screens/write.ts";

const member = { on: "hub", access: "member" } as const;

/** Reading and writing replies. */
export const screens: readonly PluginScreen[] = [
  { ...member, path: "/replies", title: "Your replies", menu: "you", run: listPage },
  { ...member, method: "POST", path: "/replies", title: "Your replies", run: listForm },
  { ...member, path: "/replies/to/:number", title: "Reply", example: { number: "0" }, run: (request) => writePage(request) },
  {
    ...member,
    method: "POST",
    path: "/replies/to/:number",
    title: "Reply",
    run: writeForm,
    unsent: (request) => unsentForm(request, `/replies/to/${numberOf(request)}`),
  },
  { on: "hub", access: "public", path: "/replies/:id", title: "Reply", run: showPage },
  { ...member, path: "/replies/:id/edit", title: "Change a reply", run: (request) => editPage(request) },
  {
    ...member,
    method: "POST",
    path: "/replies/:id/edit",
    title: "Change a reply",
    run: editForm,
    unsent: (request) => unsentForm(request, editAt(request)),
  },
  { ...member, method: "POST", path: "/replies/:id/delete", title: "Delete a reply", run: deleteForm },
];
